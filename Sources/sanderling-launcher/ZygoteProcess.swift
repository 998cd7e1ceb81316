import Glibc
import LaunchProtocol
import LinuxKernel

/// A process that becomes a zygote: an interpreter with a mount tree like a cell's, in the launcher's user namespace.
///
/// It runs nothing but the interpreter's own start-up. Of the capabilities it has in that namespace it keeps the one by
/// which it can enter the namespaces of cells, none of which reaches beyond.
struct ZygoteProcess {
    private let plan: ZygotePlan
    private let descriptors: [Int32]

    /// A process for `plan`.
    init(_ plan: ZygotePlan, _ descriptors: [Int32]) {
        self.plan = plan
        self.descriptors = descriptors
    }

    /// Runs in the new process, once `gate` opens, and never returns.
    func run(gate: consuming Pipe) -> Never {
        do {
            gate.writeEnd.close()
            guard try !File.read(gate.readEnd, capacity: 1).isEmpty else { _exit(0) }
            try become()
        } catch let failure as LaunchFailure {
            tell(failure)
        } catch let error as KernelError {
            tell(LaunchFailure(stage: .initProcess, error))
        } catch {
            tell(LaunchFailure(stage: .initProcess, call: "recvmsg", number: EBADMSG))
        }
        _exit(127)
    }

    /// Tells the host why there is no zygote; it may have lost interest.
    private func tell(_ failure: LaunchFailure) {
        try? MessageSocket.borrowing(descriptors[CellPlan.DescriptorPlace.control]) { socket in
            try socket.send(CellReply.failed(failure).wireBytes)
        }
    }

    private func become() throws {
        try Process.dieWithParent()
        for place in plan.cgroups {
            try Descriptor.borrowing(descriptors[CellPlan.DescriptorPlace.first + Int(place)]) { processes in
                try File.write([UInt8(ascii: "0")], to: processes)
            }
        }
        // Its copies inherit it, as programs do from a cell's init.
        try File.write("1000", at: "/proc/self/oom_score_adj")
        let processes = try File.openPlace("/proc")
        try BaseTree.assemble(plan.tree, descriptors)
        try Mount.pivotRoot(to: BaseTree.place)
        guard setsid() >= 0 else { throw KernelError(call: "setsid", number: errno) }
        // The same kind of file as a program's streams: interpreters choose their buffers by it.
        for number in Int32(0)...2 {
            let pipe = try Pipe()
            try number == 0 ? pipe.readEnd.place(at: number) : pipe.writeEnd.place(at: number)
        }
        let control = descriptors[CellPlan.DescriptorPlace.control]
        try Descriptor.borrowing(control) { try $0.place(at: ZygotePlan.connection) }
        try processes.place(at: ZygotePlan.processes)
        try Process.closeDescriptors(from: ZygotePlan.processes + 1)
        try Credentials.boundCapabilitiesToAdministration()
        try Credentials.forbidNewPrivileges()
        try Process.resetSignals()
        umask(0o022)
        guard chdir(plan.workingDirectory) == 0 else { throw KernelError(call: "chdir", number: errno) }
        throw Process.execute(
            String(decoding: plan.executable, as: UTF8.self),
            arguments: CStringArray(plan.arguments),
            environment: CStringArray(plan.environment),
        )
    }
}
