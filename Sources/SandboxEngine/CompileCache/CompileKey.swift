import Crypto
import Glibc
import LaunchProtocol
import SandboxModel

/// The address of a compiled program: a digest of everything that compiling it can depend on.
///
/// Two programs have the same address only when the same compiler would be given the same files, commands and
/// environment under the same ceilings, on a host whose installed packages have not changed in between.
struct CompileKey: Hashable, Sendable {
    /// The digest, as 64 hexadecimal digits.
    let name: String

    /// Counts up whenever entries get another form or another meaning.
    private static let format: UInt32 = 1

    /// The address of what `plan` compiles; `nil` when it compiles nothing, or when compiling could see more than this.
    ///
    /// The host is only looked at for what is compiled.
    init?(_ plan: ExecutionPlan, host look: @autoclosure () -> HostStamp = HostStamp()) {
        let policy = plan.policy
        // What a mount or the host's network holds is in no digest.
        guard !plan.compile.isEmpty, policy.mounts.isEmpty, policy.network != .host,
            // What compiling left there would be there the first time only.
            plan.emptiedDirectories.count == CellLayout.writableDirectories.count - 1
        else { return nil }
        let host = look()
        var stamps: [String] = []
        for path in Set(plan.implementation + plan.compile.map(\.executable)).sorted() {
            // A step that starts what an earlier one made has no file on the host.
            if path.hasPrefix(CellLayout.work + "/") { continue }
            guard let stamp = host.stamp(path) else { return nil }
            stamps.append("\(path) \(stamp)")
        }
        for path in plan.readOnlyPaths { stamps.append("\(path) \(host.stamp(path) ?? "")") }
        var writer = WireWriter()
        writer.write(Self.format)
        writer.write(plan.language)
        writer.write(strings: (stamps + host.packages).map { Array($0.utf8) })
        writer.write(UInt32(plan.compile.count))
        for command in plan.compile {
            writer.write(command.executable)
            writer.write(strings: command.arguments.map { Array($0.utf8) })
            let environment = command.environment.sorted { $0.key < $1.key }
            writer.write(strings: environment.flatMap { [Array($0.key.utf8), Array($0.value.utf8)] })
        }
        writer.write(plan.compileLimits)
        writer.write(policy.network.rawValue)
        writer.write(policy.filesystem.rawValue)
        writer.write(strings: policy.allowMissing.map { Array($0.rawValue.utf8) }.sorted(by: Self.precedes))
        writer.write(UInt32(plan.files.count))
        for file in plan.files {
            writer.write(file.path)
            writer.write(file.executable)
            writer.write(file.contents)
        }
        name = SHA256.hash(data: writer.bytes).hexadecimal
    }

    private static func precedes(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.lexicographicallyPrecedes(second)
    }
}

extension WireWriter {
    /// Appends every ceiling.
    fileprivate mutating func write(_ limits: Limits) {
        for duration in [limits.wallTime, limits.cpuTime] {
            write(duration.components.seconds)
            write(duration.components.attoseconds)
        }
        write(limits.cpuShare != nil)
        write((limits.cpuShare ?? 0).bitPattern)
        for size in [limits.memory, limits.output, limits.disk, limits.fileSize, limits.stack] {
            write(Int64(size.bytes))
        }
        write(Int64(limits.processes))
        write(Int64(limits.openFiles))
        write(limits.outputOverflow.rawValue)
    }
}
