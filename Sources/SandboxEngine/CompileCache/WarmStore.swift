import Glibc
import Languages
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// What was made ahead, on disk: one directory each, which compile stages see read-only.
///
/// Named by its label and the address of the plan that made it: a compiler that was replaced has none. Nothing here comes
/// from a program.
struct WarmStore: Sendable {
    private let entries: PrivateCacheDirectory
    private let incoming: IncomingDirectory

    /// The largest that is kept.
    static let largestEntry = ByteCount.megabytes(1_000)

    /// The store in `directory`; `nil` when that cannot be used.
    init?(in directory: PrivateCacheDirectory) {
        guard let entries = directory.directory("warm"), let incoming = directory.directory("incoming")
        else { return nil }
        self.entries = entries
        self.incoming = IncomingDirectory(incoming)
    }

    /// `plan` with the directory of what was made ahead for it, if that is there.
    func warmed(_ plan: ExecutionPlan) -> ExecutionPlan {
        guard let name = name(for: plan), contains(name) else { return plan }
        var plan = plan
        plan.warmth?.directory = entries.path + "/" + name
        return plan
    }

    /// Whether something could be made ahead for `plan` that is not there.
    func isCold(_ plan: ExecutionPlan) -> Bool { name(for: plan).map { !contains($0) } ?? false }

    /// Keeps what `program`, made by ``Warmth/making(for:)``, left, in place of what another compiler made.
    func save(_ program: CompiledProgram, for plan: ExecutionPlan) {
        guard let name = name(for: plan), let label = plan.warmth?.label, !contains(name),
            let arrival = incoming.write(program.below(WarmCommands.workName))
        else { return }
        arrival.move(to: name, in: entries)
        for other in entries.names where other != name && other.hasPrefix(label + ".") {
            RemovedTree.remove(other, in: entries.number)
        }
    }

    /// Forgets what was made for `plan`.
    func remove(_ plan: ExecutionPlan) {
        if let name = name(for: plan) { RemovedTree.remove(name, in: entries.number) }
    }

    private func name(for plan: ExecutionPlan) -> String? {
        guard let warmth = plan.warmth, let key = CompileKey(warmth.making(for: plan)) else { return nil }
        return "\(warmth.label).\(key.name)"
    }

    private func contains(_ name: String) -> Bool {
        var status = stat()
        return fstatat(entries.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0
            && status.st_mode & S_IFMT == S_IFDIR
    }
}

extension CompiledProgram {
    /// What is below the directory `name`, with paths relative to it.
    fileprivate func below(_ name: String) -> CompiledProgram {
        let prefix = name + "/"
        var program = CompiledProgram()
        program.directories = directories.filter { $0.path.hasPrefix(prefix) }
            .map { Directory(path: String($0.path.dropFirst(prefix.count)), mode: $0.mode) }
        program.files = files.filter { $0.path.hasPrefix(prefix) }
            .map {
                File(path: String($0.path.dropFirst(prefix.count)), mode: $0.mode, contents: $0.contents)
            }
        return program
    }
}
