/// What a hostile program goes for.
package enum AttackClass: String, Sendable, Hashable, Codable, CaseIterable {
    /// The mount tree: what is mounted, and what can be.
    case mounts
    /// `/proc` and `/sys`: other processes' entries, and the kernel's own settings.
    case procfs
    /// The control groups that the limits rest on.
    case cgroups
    /// Namespaces inside of namespaces, and entering those of others.
    case namespaces
    /// Other processes' memory, registers, signals and descriptors.
    case otherProcesses = "other-processes"
    /// Descriptors that came in by inheritance or by message.
    case descriptors
    /// Kernel code behind calls that programs do not need: bpf, io_uring, keyrings, modules.
    case kernelInterfaces = "kernel-interfaces"
    /// The system-call filter itself: other ABIs, unknown numbers, arguments that are read twice.
    case systemCalls = "system-calls"
    /// Sockets of every family.
    case network
    /// The terminal of whoever started Sanderling.
    case terminal
    /// Files that come out.
    case collectedFiles = "collected-files"
    /// Using up what the host has.
    case exhaustion
    /// The compile stage.
    case compiling
    /// Making an end read as another one.
    case verdicts
    /// Channels from one sandbox to another, at once or one after another.
    case betweenSandboxes = "between-sandboxes"
    /// Escapes in output and names, aimed at whoever reads the reports.
    case escaping
    /// The module guard, a guard rail and not a boundary.
    case modules
}
