import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// The host's hold on one cell, fence or container: the connection to its init, and a handle that kills it.
final class Cell: Sendable {
    /// What there is besides the init.
    private enum Surroundings {
        /// Nothing: all of a cell dies with its init.
        case none
        /// A fence's directory, whose parent init may not write to under root.
        case fence(directory: String)
        /// A container's bundle and runtime; the handle is the runtime's, which ends after init.
        case container(Container)
    }

    private let control: MessageSocket
    private let initProcess: Descriptor
    private let surroundings: Surroundings

    /// A cell, fence or container that has been asked for; without an owner it ends.
    struct Request: ~Copyable, Sendable {
        fileprivate let control: MessageSocket

        /// Asks for an init with `start`, which is lent its end of the connection.
        init(_ start: (borrowing Descriptor) throws -> Void) throws {
            let pair = try MessageSocket.Pair()
            let control = MessageSocket(pair.first)
            try control.limitWait(seconds: Cell.answerTime)
            try start(pair.second)
            pair.second.close()
            self.control = control
        }
    }

    /// Waits until the mount tree of a cell that was asked for stands.
    convenience init(completing request: consuming Request) throws { try self.init(request, in: .none) }

    /// Makes a fence of `plan` and waits until its directories are there.
    convenience init(_ plan: FencePlan, launcher: LauncherConnection) throws {
        let request = try Request { try launcher.send(.makeFence(plan), descriptors: [$0.number]) }
        try self.init(request, in: .fence(directory: plan.directory))
    }

    /// Makes a container and waits until its mount tree stands; its runtime joins the cgroups that `cgroups` are files of.
    convenience init(_ container: Container, cgroups: [Int32] = []) throws {
        do {
            let request = try Request { try container.start($0, cgroups: cgroups) }
            try self.init(request, in: .container(container))
        } catch {
            container.remove()
            throw container.refusal(of: error)
        }
    }

    private init(_ request: consuming Request, in surroundings: Surroundings) throws {
        self.surroundings = surroundings
        control = request.control
        guard let made = try Self.receive(from: control), made.reply == .made else {
            throw SandboxError(.internal, "the launcher answered out of order")
        }
        // Without it, this process had no descriptor left; the cell ends with its control connection.
        guard let handle = made.descriptors.first else {
            throw LaunchFailure(stage: .initProcess, call: "recvmsg", number: EMFILE)
        }
        initProcess = Descriptor(owning: handle)
        if case .container(let container) = surroundings { try complete(container) }
        try expect(.ready)
    }

    /// Tells a container's init what it has to do, and waits until there is an answer; a runtime may never start it.
    private func complete(_ container: Container) throws {
        try? control.send(container.plan.wireBytes)
        var poll = Poll()
        let place = poll.add(control.descriptor.number, POLLIN)
        let deadline = MonotonicClock.now + Container.patience
        while !poll.isReady(place) {
            guard MonotonicClock.now < deadline else { throw container.refusal("it did not start in time") }
            try poll.wait(until: deadline)
        }
        guard !hasHungUp else { throw container.refusal("it ended before the container started") }
    }

    /// Whether nobody is at the other end, and there is nothing left to read.
    var hasHungUp: Bool { control.hasHungUp }

    deinit { end() }

    /// Whether the programs in it have a kernel of an OCI runtime's own.
    var hasOwnKernel: Bool {
        if case .container(let container) = surroundings { container.hasOwnKernel } else { false }
    }

    /// Ends everything in the cell and waits until it is gone; `work` is done meanwhile.
    ///
    /// Whatever init was doing, nothing of the cell outlives this: a pid namespace dies with its init.
    /// The init of a fence or a container is told by the end of its connection. A fence's ends everything before itself.
    func end(meanwhile work: () -> Void = {}) {
        try? destroy()
        work()
        let hasEnded = hasEnded(within: Self.patience)
        if case .none = surroundings { return }
        if !hasEnded {
            // What an init that hangs leaves, or a runtime, is the launcher's to end.
            try? Process.kill(initProcess)
            _ = self.hasEnded(within: Self.patience)
        }
        switch surroundings {
        case .none: break
        // Init has emptied it; what an init that was killed left goes with the sandbox.
        case .fence(let directory): rmdir(directory)
        case .container(let container): container.remove()
        }
    }

    /// Longer than init is busy with anything, even on a host with hardly any time for it, in seconds.
    private static let answerTime = 60
    /// Longer than an end takes, in nanoseconds.
    private static let patience: UInt64 = 5_000_000_000

    private func hasEnded(within time: UInt64) -> Bool {
        var poll = Poll()
        let place = poll.add(initProcess.number, POLLIN)
        return (try? poll.wait(until: MonotonicClock.now + time)) != nil && poll.isReady(place)
    }

    /// Whether init is alive and has nothing to say.
    var isQuiet: Bool {
        var poll = Poll()
        let place = poll.add(control.descriptor.number, POLLIN)
        guard (try? poll.wait(until: 0)) != nil else { return false }
        return !poll.isReady(place)
    }

    /// The connection's number, to poll.
    var controlNumber: Int32 { control.descriptor.number }

    /// Tells init something.
    func send(_ request: CellRequest, descriptors: [Int32] = []) throws(KernelError) {
        try control.send(request.wireBytes, descriptors: descriptors)
    }

    /// Has init fork a process that confines itself and waits for its program; `cgroups` are the files to join by.
    func park(_ confinement: ConfinementPlan, cgroups: [Int32]) throws {
        try send(.park(confinement), descriptors: cgroups)
        try expect(.parked)
    }

    /// Has the zygote's child at the other end of `connection` confine itself in the cell and wait for its program.
    func adopt(_ confinement: ConfinementPlan, connection: consuming Descriptor) throws {
        try send(.adopt(confinement), descriptors: [connection.number])
        connection.close()
        try expect(.parked)
    }

    private func expect(_ expected: CellReply) throws {
        guard try receive()?.reply == expected else {
            throw SandboxError(.internal, "the sandbox's init answered out of order")
        }
    }

    /// What init says next, with what it sends along.
    func receive() throws -> (reply: CellReply, descriptors: [Int32])? { try Self.receive(from: control) }

    private static func receive(
        from control: borrowing MessageSocket
    ) throws -> (reply: CellReply, descriptors: [Int32])? {
        let message: MessageSocket.Received?
        do throws(KernelError) {
            message = try control.receive()
        } catch  where error.number == EAGAIN {
            throw SandboxError(.internal, "the sandbox's init did not answer in time")
        }
        guard let message else { return nil }
        guard !message.bytes.isEmpty else {
            throw SandboxError(.internal, "the sandbox's init ended before the program did")
        }
        let reply = try CellReply(wireBytes: message.bytes)
        if case .failed(let failure) = reply { throw failure }
        return (reply, message.descriptors)
    }

    /// Kills everything in the cell.
    func destroy() throws(KernelError) {
        guard case .none = surroundings else {
            return _ = shutdown(control.descriptor.number, Int32(SHUT_RDWR))
        }
        try Process.kill(initProcess)
    }

    /// The files below `directory` that match, after everything else in the cell is dead, and whether they are all.
    func collect(
        _ patterns: [String],
        from directory: String,
        limit: Int,
    ) throws -> (files: [CollectedFile], complete: Bool) {
        #if SANDERLING_SABOTAGE
        let limit = Self.withoutCollection(limit: limit)
        let patterns = Self.withoutCollection(patterns: patterns)
        #endif
        try send(
            .collect(
                directory: directory,
                patterns: patterns.map { Array($0.utf8) },
                limit: UInt64(limit),
            )
        )
        var files: [CollectedFile] = []
        while let (reply, _) = try receive() {
            switch reply {
            case .file(let path):
                files.append(CollectedFile(path: String(fileName: path), contents: []))
            case .contents(let bytes) where !files.isEmpty: files[files.count - 1].contents += bytes
            case .collected(let complete):
                #if SANDERLING_SABOTAGE
                files = Self.withoutCollection(named: files)
                #endif
                // A name that reads like an escaped one is that of another file.
                var paths: Set<String> = []
                let distinct = files.filter { paths.insert($0.path).inserted }
                return (distinct.sorted { $0.path < $1.path }, complete && distinct.count == files.count)
            default: throw SandboxError(.internal, "the sandbox's init answered out of order")
            }
        }
        return (files, false)
    }
}

extension String {
    /// A file's name or path as text.
    ///
    /// One that is not UTF-8 has `\xNN` for every byte beyond ASCII, and `\\` for a backslash, so that
    /// no two of them read the same.
    init(fileName bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self = text
            return
        }
        self = ""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\\"): self += "\\\\"
            case ..<0x80: append(Character(Unicode.Scalar(byte)))
            default: self += "\\x" + String(byte, radix: 16)
            }
        }
    }
}
