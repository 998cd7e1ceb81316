import CLinux
import Glibc
import LaunchProtocol
import LauncherStart
import LinuxKernel
import SandboxModel
import Synchronization

/// The host's side of a running launcher.
final class LauncherConnection: Sendable {
    private let launcher: StartedLauncher
    private let hasShutDown = Mutex(false)
    /// Whether the launcher can make cells, or why it cannot; `nil` as long as nobody has asked.
    private let readiness = Mutex<Result<Void, any Error>?>(nil)

    /// Ids that the yard maps when the host is root: high ones, which own nothing.
    ///
    /// 2^28 of them, 64 for each possible pid (PID_MAX_LIMIT is 2^22); the first is far above what useradd(8) and
    /// subuid(5) give out by default.
    private static let rootRange: (first: UInt32, count: UInt32) = (0x7000_0000, 1 << 28)

    private let isolation: IsolationKind

    /// Starts a launcher, which makes cells, or fences or containers, after ``becomeReady()``.
    convenience init(executable: borrowing Descriptor, for isolation: IsolationKind = .namespaces) throws {
        let started: StartedLauncher
        do throws(KernelError) {
            started = try StartedLauncher(
                executable,
                telling: isolation == .namespaces ? .enterYard : .stayOutside,
            )
        } catch {
            throw SandboxError(failed: error)
        }
        self.init(started, for: isolation)
    }

    /// Goes on with a launcher that has been told of the kind of isolation.
    init(_ started: consuming StartedLauncher, for isolation: IsolationKind) {
        self.isolation = isolation
        launcher = started
        // What it says of itself is heard in ``becomeReady()``; that it could not be asked, as well, and it would wait for that.
        guard let error = launcher.refusal else { return }
        let failure =
            [EPIPE, ECONNRESET].contains(error.number)
            ? Self.endedEarly
            : LaunchDiagnosis.error(for: LaunchFailure(stage: .yard, call: error.call, number: error.number))
        readiness.withLock { $0 = .failure(failure) }
    }

    private var pid: Int32 { launcher.pid }

    /// Has it do what it was asked for on another processor than the caller's; ``LinuxKernel/Process/moveAway(_:)``.
    func moveAway() { Process.moveAway(pid) }

    /// Waits until the launcher can make cells.
    func becomeReady() throws {
        try readiness.withLock { readiness in
            let result = readiness ?? Result { try shakeHands() }
            readiness = result
            return result
        }
        .get()
    }

    deinit { shutDown() }

    /// Has the launcher end, and every cell with it, without waiting for that; ``shutDown(meanwhile:)`` does.
    func dismiss() { _ = shutdown(launcher.socket.descriptor.number, Int32(SHUT_RDWR)) }

    /// Ends the launcher and every cell with it, once: later its pid may be another child's of this process.
    ///
    /// `work` is done while it ends.
    func shutDown(meanwhile work: () -> Void = {}) {
        hasShutDown.withLock { isDone in
            // Once: afterwards the pid may be another child of this process, which is not ours to wait for.
            guard !isDone else { return }
            isDone = true
            // One that is not ready has no cell, and would complain of a host that went away.
            let isReady = readiness.withLock { if case .success = $0 { true } else { false } }
            // Nor is one waited for that cannot be told; its cells die with it.
            let isTold = shutdown(launcher.socket.descriptor.number, Int32(SHUT_RDWR)) == 0
            if !isReady || !isTold { kill(pid, SIGKILL) }
            work()
            while waitpid(pid, nil, 0) < 0, errno == EINTR {}
        }
    }

    /// Whether the launcher has ended by itself, by a signal perhaps, and has taken its cells with it.
    var hasEnded: Bool { !hasShutDown.withLock { $0 } && launcher.socket.hasHungUp }

    /// Refuses after ``shutDown()``.
    func requireRunning() throws(SandboxError) {
        guard !hasShutDown.withLock({ $0 }) else {
            throw SandboxError(.launcherUnavailable, "the sandbox was shut down", mend: "make a new one")
        }
    }

    private func shakeHands() throws {
        guard case .hello(let identity) = try reply(), identity == launcherIdentity else {
            throw SandboxError(
                .launcherUnavailable,
                "the launcher is of another build than this library",
                mend: "build or install both together",
            )
        }
        if isolation != .namespaces { return try expect(.yardReady) }
        try expect(.yardEntered)
        let identities = try Self.mapIdentities(of: pid)
        try launcher.socket.send(LauncherRequest.yardMapped(identities: identities).wireBytes)
        try expect(.yardReady)
    }

    private func expect(_ expected: LauncherReply) throws {
        switch try reply() {
        case expected: return
        case .yardFailed(let failure): throw LaunchDiagnosis.error(for: failure)
        default: throw SandboxError(.internal, "the launcher answered out of order")
        }
    }

    private static var endedEarly: SandboxError {
        SandboxError(.launcherUnavailable, "the launcher ended before it was ready")
    }

    private func reply() throws -> LauncherReply {
        guard let message = try launcher.socket.receive(), !message.bytes.isEmpty else {
            throw Self.endedEarly
        }
        return try LauncherReply(wireBytes: message.bytes)
    }

    /// Writes the id maps of the launcher's user namespace; only a process outside it may map more than its own id.
    private static func mapIdentities(of pid: Int32) throws -> UInt32 {
        #if SANDERLING_SABOTAGE
        // The launcher has not left the host's user namespace.
        if Sabotage.leavesOut(.userNamespace) { return rootRange.count }
        #endif
        do throws(KernelError) {
            if geteuid() == 0 {
                let map = "0 \(rootRange.first) \(rootRange.count)\n"
                try File.write(map, at: "/proc/\(pid)/uid_map")
                try File.write(map, at: "/proc/\(pid)/gid_map")
                return rootRange.count
            }
            try File.write("deny", at: "/proc/\(pid)/setgroups")
            try File.write("0 \(geteuid()) 1\n", at: "/proc/\(pid)/uid_map")
            try File.write("0 \(getegid()) 1\n", at: "/proc/\(pid)/gid_map")
            return 1
        } catch {
            if geteuid() == 0, error.number == EPERM, let refusal = lackOfIdentities() { throw refusal }
            throw LaunchDiagnosis.error(
                for: LaunchFailure(stage: .identities, call: error.call, number: error.number)
            )
        }
    }

    /// The refusal where root is that of a user namespace with few ids.
    private static func lackOfIdentities() -> SandboxError? {
        guard let users = try? File.text(at: "/proc/self/uid_map"),
            let groups = try? File.text(at: "/proc/self/gid_map")
        else { return nil }
        let first = UInt64(rootRange.first)
        return LaunchDiagnosis.refusal(
            lacking: first..<(first + UInt64(rootRange.count)),
            users: IdentityMap(users),
            groups: IdentityMap(groups),
        )
    }

    /// Asks for something; what becomes of it is told at the other end of the first of the descriptors.
    func send(_ request: LauncherRequest, descriptors: [Int32]) throws {
        try becomeReady()
        try launcher.socket.send(request.wireBytes, descriptors: descriptors)
    }
}
