import Glibc
package import LinuxKernel
package import SandboxModel

/// What the host is out of when a system call fails.
enum Shortage {
    case processes
    case memory
    case descriptors
    case descriptorsOfAll

    /// - Parameter number: The `errno`.
    init?(_ number: Int32) {
        switch number {
        case EAGAIN: self = .processes
        case ENOMEM: self = .memory
        case EMFILE: self = .descriptors
        case ENFILE: self = .descriptorsOfAll
        default: return nil
        }
    }

    /// What can be done about it.
    var mend: String {
        let more =
            switch self {
            case .processes: "raise pids.max of this process's cgroup, ulimit -u or kernel.pid_max"
            case .memory: "free memory, or raise the limit of this process's cgroup"
            case .descriptors: "raise ulimit -n"
            case .descriptorsOfAll: "raise sysctl fs.file-max"
            }
        return more + "; or run fewer programs at once"
    }

    /// The error of a failed call, `what`, which is given with its reason.
    func error(_ what: String) -> SandboxError {
        let things =
            switch self {
            case .processes: "processes"
            case .memory: "memory"
            case .descriptors, .descriptorsOfAll: "descriptors"
            }
        return SandboxError(.noCapacity, "this host has no more \(things) to give: \(what)", mend: mend)
    }
}

extension SandboxError {
    /// The error of a call that failed before there was any sandbox.
    package init(failed call: KernelError) {
        let what = "\(call.call): \(String(cString: strerror(call.number))) (errno \(call.number))"
        self = Shortage(call.number)?.error(what) ?? SandboxError(.internal, what)
    }
}
