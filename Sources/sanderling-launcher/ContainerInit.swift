import Glibc
import LaunchProtocol
import LinuxKernel

/// What a container's pid 1 does before it serves as a cell's init does: the runtime's work is looked at, and completed.
///
/// Nothing that a runtime was asked for is taken on trust: where init is in a namespace of the host's, the launch fails.
enum ContainerInit {
    /// Takes the connection from where the runtime left it, above what init and its programs have, and lets go of whatever
    /// else the runtime may have left open.
    static func takeConnection(at number: Int32) throws(KernelError) -> MessageSocket {
        let connection = try Descriptor(owning: number).duplicate(above: Launch.connection)
        try Process.closeDescriptors(from: STDERR_FILENO + 1, except: connection.number)
        return MessageSocket(connection)
    }

    /// Waits for the plan, and ends where the host has lost interest.
    static func receivePlan(_ control: borrowing MessageSocket) throws -> ContainerPlan {
        guard let message = try control.receive(), !message.bytes.isEmpty else { _exit(0) }
        do {
            return try ContainerPlan(wireBytes: message.bytes)
        } catch {
            throw LaunchFailure(stage: .initProcess, call: "recvmsg", number: EBADMSG)
        }
    }

    /// Carries out the plan.
    static func carryOut(_ plan: ContainerPlan) throws(LaunchFailure) {
        try requireSeparation(from: plan.left)
        do throws(KernelError) {
            try Process.setName("sanderling-init")
            // As in a cell: what is in it dies before whoever runs Sanderling.
            try File.write("1000", at: "/proc/self/oom_score_adj")
            try Process.protect()
            let null = try File.open("/dev/null", O_RDWR)
            for number in 0...Launch.connection { try null.place(at: number) }
        } catch {
            throw LaunchFailure(stage: .initProcess, error)
        }
        var tree = MountTree()
        try tree.carryOut(plan.tree)
        do throws(KernelError) {
            // Runtimes bring up the loopback interface of the one they make; taken down, it leaves its routes behind.
            if let loopback = plan.loopback {
                try Process.unshare(.network)
                if loopback { try Network.bringLoopbackUp() }
            }
        } catch {
            throw LaunchFailure(stage: .network, error)
        }
    }

    private static func requireSeparation(
        from namespaces: [ContainerPlan.HostNamespace]
    ) throws(LaunchFailure) {
        for (index, namespace) in namespaces.enumerated() {
            var status = stat()
            guard stat("/proc/self/ns/" + namespace.name, &status) == 0 else {
                throw LaunchFailure(
                    stage: .namespaces,
                    KernelError(call: "stat", number: errno),
                    index: index,
                )
            }
            guard UInt64(status.st_ino) != namespace.inode else {
                throw LaunchFailure(stage: .namespaces, call: "stat", number: EEXIST, index: UInt32(index))
            }
        }
        // Everything in it dies with its first process only where that is this one.
        guard getpid() == 1 else { throw LaunchFailure(stage: .namespaces, call: "getpid", number: EEXIST) }
    }
}
