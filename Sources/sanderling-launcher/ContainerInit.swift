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
        try requireIdentities(plan.identities)
        do throws(KernelError) {
            // Wherever the runtime left it.
            guard chdir("/") == 0 else { throw KernelError(call: "chdir", number: errno) }
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
            do throws(KernelError) {
                let file = try File.open("/proc/self/ns/" + namespace.name, O_RDONLY)
                var isApart = try inode(of: file) != namespace.inode
                if isApart, namespace.name != "user" { isApart = try isOurs(file) }
                guard isApart else { throw KernelError(call: "stat", number: EEXIST) }
            } catch {
                throw LaunchFailure(stage: .namespaces, error, index: index)
            }
        }
        // Everything in it dies with its first process only where that is this one.
        guard getpid() == 1 else { throw LaunchFailure(stage: .namespaces, call: "getpid", number: ECHILD) }
    }

    /// Looks that the container has the ids that it was to have and no others, least of all the host's root.
    private static func requireIdentities(_ identities: [ContainerPlan.IdentityExtent]) throws(LaunchFailure)
    {
        guard !identities.isEmpty else { return }
        for file in ["uid_map", "gid_map"] {
            do throws(KernelError) {
                let given = try File.reading(at: "/proc/self/" + file).split(separator: "\n").map { line in
                    line.split(separator: " ").compactMap { UInt32($0) }
                }
                guard given == identities.map({ [$0.inside, $0.outside, $0.count] }) else {
                    throw KernelError(call: "read", number: EEXIST)
                }
            } catch {
                throw LaunchFailure(stage: .identities, error)
            }
        }
    }

    /// Whether a namespace belongs to init's own user namespace, and so was made with it or in it: not by the process that became the
    /// runtime, which is in a mount namespace of its own already.
    private static func isOurs(_ namespace: borrowing Descriptor) throws(KernelError) -> Bool {
        let owner: Descriptor
        do throws(KernelError) {
            owner = try Process.owner(of: namespace)
        } catch  where error.number == EPERM {
            return false
        }
        return try inode(of: owner) == inode(of: File.open("/proc/self/ns/user", O_RDONLY))
    }

    private static func inode(of file: borrowing Descriptor) throws(KernelError) -> UInt64 {
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw KernelError(call: "fstat", number: errno) }
        return UInt64(status.st_ino)
    }
}
