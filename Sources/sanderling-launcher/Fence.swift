import Glibc
import LaunchProtocol
import LinuxKernel

/// What keeps processes in where there are no namespaces, as far as their init is concerned.
///
/// Init is in a Landlock domain of its own, which keeps signals inside, and everything it starts is in that domain as well:
/// for kill(2) with pid -1, which the kernel carries out under a lock that fork also takes, they are all there is. Programs
/// are in a second domain within it, from which init cannot be signalled. No process can leave either. As a subreaper, init
/// can wait until the last is gone.
final class Fence {
    /// A handle on the launcher, whose end is the fence's.
    let launcher: Descriptor
    private let directory: String

    /// Makes the directories, and gives up what an init needs no more.
    init(_ plan: FencePlan, gate: consuming Pipe) throws(LaunchFailure) {
        directory = plan.directory
        do throws(KernelError) {
            gate.writeEnd.close()
            guard try !File.read(gate.readEnd, capacity: 1).isEmpty else {
                throw KernelError(call: "read", number: EPIPE)
            }
            try Process.setName("sanderling-init")
            launcher = try Process.handle(of: getppid())
        } catch {
            throw LaunchFailure(stage: .initProcess, error)
        }
        do {
            try Self.becomeInit(plan)
        } catch {
            remove()
            throw error
        }
    }

    private static func becomeInit(_ plan: FencePlan) throws(LaunchFailure) {
        do throws(KernelError) {
            try make(plan.directory, mode: 0o700, owner: plan.identity)
            if plan.identity != 0 {
                try Credentials.boundCapabilities()
                try Credentials.become(uid: plan.identity, gid: plan.identity, keepGroups: false)
            }
            try Credentials.clearCapabilities()
            try Credentials.forbidNewPrivileges()
            guard geteuid() != 0 else { throw KernelError(call: "setresuid", number: EPERM) }
        } catch {
            throw LaunchFailure(stage: .credentials, error)
        }
        do throws(KernelError) {
            try Landlock.Ruleset.scope().restrict()
            // Before anything is killed: what is outside must be out of reach.
            guard kill(getppid(), 0) != 0, errno == EPERM else {
                throw KernelError(call: "landlock_restrict_self", number: ENOSYS)
            }
        } catch {
            throw LaunchFailure(stage: .landlock, error)
        }
        do throws(KernelError) {
            try Process.becomeSubreaper()
            try Process.protect()
            // Keeps the launcher's connection out of the fence, and its number from being taken by anything else.
            try File.open("/dev/null", O_RDONLY).place(at: Launch.connection)
            try make(plan.directory + "/" + FencePlan.work, mode: 0o755, owner: 0)
            try make(plan.directory + "/" + FencePlan.temporary, mode: 0o700, owner: 0)
        } catch {
            throw LaunchFailure(stage: .initProcess, error)
        }
    }

    /// Makes a directory and gives it to `owner`, unless that is 0.
    private static func make(_ path: String, mode: UInt32, owner: UInt32) throws(KernelError) {
        guard mkdir(path, mode) == 0 else { throw KernelError(call: "mkdir", number: errno) }
        if owner != 0, lchown(path, owner, owner) != 0 { throw KernelError(call: "lchown", number: errno) }
    }

    /// Kills everything in the fence, waits until it is gone, and removes what it has written.
    func end() {
        Process.killAll()
        CellInit.waitForAll()
        remove()
    }

    /// Removes the directory; what of it cannot be, the next sandbox does.
    private func remove() {
        try? Emptying.empty(directory)
        rmdir(directory)
    }
}
