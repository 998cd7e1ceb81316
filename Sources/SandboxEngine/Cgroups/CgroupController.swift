import SandboxModel

/// A controller of cgroups(7) that Sanderling needs.
enum CgroupController: String, CaseIterable, Sendable {
    case memory, pids, cpu, cpuacct

    /// The layer that is missing without it.
    var layer: Layer {
        switch self {
        case .memory: .memoryLimit
        case .pids: .processLimit
        case .cpu: .cpuShareLimit
        case .cpuacct: .cpuTimeLimit
        }
    }
}
