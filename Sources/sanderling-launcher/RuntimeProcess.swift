import Glibc
import LaunchProtocol
import LinuxKernel

/// A process that becomes an OCI runtime, which makes a container and waits for its end.
///
/// It has the host's identity, as what makes containers must, and of descriptors only its own streams and the connection that
/// it hands on. It is not made to die with the launcher: the container's init ends when the host lets go of the connection,
/// and the runtime then removes what it made.
struct RuntimeProcess {
    private let plan: RuntimePlan
    private let descriptors: [Int32]

    /// A process for `plan`.
    init(_ plan: RuntimePlan, _ descriptors: [Int32]) {
        self.plan = plan
        self.descriptors = descriptors
    }

    /// Runs in the new process, once `gate` opens, and never returns.
    func run(gate: consuming Pipe) -> Never {
        do {
            gate.writeEnd.close()
            guard try !File.read(gate.readEnd, capacity: 1).isEmpty else { _exit(0) }
            try become()
        } catch let error as KernelError {
            tell(LaunchFailure(stage: .initProcess, error))
        } catch {
            tell(LaunchFailure(stage: .initProcess, call: "recvmsg", number: EBADMSG))
        }
        _exit(127)
    }

    /// Tells the host why there is no runtime; it may have lost interest.
    private func tell(_ failure: LaunchFailure) {
        try? MessageSocket.borrowing(descriptors[CellPlan.DescriptorPlace.control]) { socket in
            try socket.send(CellReply.failed(failure).wireBytes)
        }
    }

    private func become() throws {
        // While it has one thread.
        for number in descriptors.dropFirst(RuntimePlan.firstCgroup) {
            try Descriptor.borrowing(number) { try File.write([UInt8(ascii: "0")], to: $0) }
        }
        // What the runtime mounts for a moment the host does not see, and some of what the host has it is not to see.
        try Process.unshare(.mount)
        try Mount.makeAllPrivate()
        for path in plan.hiddenMounts where umount2(path, Int32(MNT_DETACH)) != 0 {
            guard errno == EINVAL || errno == ENOENT else {
                throw KernelError(call: "umount2", number: errno)
            }
        }
        guard setsid() >= 0 else { throw KernelError(call: "setsid", number: errno) }
        guard chdir("/") == 0 else { throw KernelError(call: "chdir", number: errno) }
        let connection = Int32(plan.connection)
        // Runtimes give their streams to the container's user (fchown(2)), so that none may be a file of the host's.
        let nothing = try Pipe()
        try nothing.readEnd.place(at: STDIN_FILENO)
        try Descriptor.borrowing(descriptors[RuntimePlan.messages]) { messages in
            try messages.place(at: STDOUT_FILENO)
            try messages.place(at: STDERR_FILENO)
        }
        let control = descriptors[CellPlan.DescriptorPlace.control]
        try Descriptor.borrowing(control) { try $0.place(at: connection) }
        try Process.closeDescriptors(from: max(STDERR_FILENO, connection) + 1)
        try Process.resetSignals()
        throw Process.execute(
            String(decoding: plan.executable, as: UTF8.self),
            arguments: CStringArray(plan.arguments),
            environment: CStringArray(plan.environment),
        )
    }
}
