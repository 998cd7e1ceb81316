import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// The host's hold on one zygote: a started interpreter that forks a copy of itself into a cell on request.
///
/// It never runs a program. What its copies share is bounded by making it anew: its address layout and the secret by
/// which its hash tables are seeded.
final class Zygote: Sendable {
    private let control: MessageSocket
    private let process: Descriptor
    private let cgroup: StageCgroup
    /// Memory that a copy shares with it and is not charged for, in bytes.
    let sharedMemory: Int
    /// When it started, in nanoseconds of the monotonic clock.
    let madeAt: UInt64

    /// Longer than any interpreter takes to start.
    private static let patience: UInt64 = 10_000_000_000
    /// Ceilings on the interpreter's start; the copies have their own.
    private static let limits = Limits(memory: .megabytes(512), processes: 64)

    /// Starts a zygote and waits until it has come to where it would look at its program.
    init(_ blueprint: ZygoteBlueprint, launcher: LauncherConnection, cgroups: SandboxCgroup) throws {
        let cgroup = try cgroups.makeStage()
        self.cgroup = cgroup
        try cgroup.apply(Self.limits, filesInMemory: 0)
        var sources: [Int32] = []
        defer { for number in sources { close(number) } }
        for source in blueprint.bindSources { sources.append(try Mount.cloneTree(at: source).release()) }
        var plan = blueprint.zygote
        let pair = try MessageSocket.Pair()
        try cgroup.withProcessFiles { files in
            plan.cgroups = files.indices.map { UInt32(sources.count + $0) }
            try launcher.send(.makeZygote(plan), descriptors: [pair.second.number] + sources + files)
        }
        pair.second.close()
        control = MessageSocket(pair.first)
        guard let made = try control.receive(), try CellReply(wireBytes: made.bytes) == .made,
            let handle = made.descriptors.first
        else {
            throw SandboxError(.internal, "the launcher made no zygote")
        }
        process = Descriptor(owning: handle)
        var poll = Poll()
        let place = poll.add(control.descriptor.number, POLLIN)
        try poll.wait(until: MonotonicClock.now + Self.patience)
        guard poll.isReady(place), let message = try control.receive() else {
            throw SandboxError(.internal, "the interpreter did not start in time")
        }
        if case .failed(let failure)? = try? CellReply(wireBytes: message.bytes) { throw failure }
        guard let greeting = try? ZygoteGreeting(wireBytes: message.bytes),
            greeting.identity == launcherIdentity
        else {
            throw SandboxError(
                .internal,
                "the interpreter did not come to where it would look at its program",
            )
        }
        try Self.requireOwnMemory(of: Process.pid(behind: process))
        sharedMemory = max(0, Int(cgroup.anonymousMemory ?? 0) - Int(clamping: greeting.copied))
        madeAt = MonotonicClock.now
    }

    /// Refuses an interpreter with memory that its copies would write to together: a way from one cell to the other.
    private static func requireOwnMemory(of pid: Int32) throws {
        let shared = try File.text(at: "/proc/\(pid)/maps").split(separator: "\n").first { line in
            let permissions = line.split(separator: " ").dropFirst().first ?? "rw-s"
            return permissions.contains("w") && permissions.hasSuffix("s")
        }
        if let shared {
            throw SandboxError(.internal, "the interpreter shares memory with its copies: \(shared)")
        }
    }

    deinit {
        try? Process.kill(process)
        var poll = Poll()
        poll.add(process.number, POLLIN)
        try? poll.wait(until: MonotonicClock.now + Self.patience)
    }

    /// Has it fork a copy that hears from a cell's init through `connection` and joins cgroups by their `files`.
    func fork(connection: borrowing Descriptor, cgroups files: [Int32]) throws(KernelError) {
        try control.send([0], descriptors: [connection.number] + files)
    }
}
