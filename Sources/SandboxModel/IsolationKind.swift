/// What a program is kept in by.
///
/// It is chosen by name: where the host does not have what one needs, the execution is refused, and no other takes its place.
public enum IsolationKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Namespaces, control groups, Landlock and a system-call filter: every ``Layer``.
    case namespaces
    /// Landlock, a system-call filter and per-process ceilings, for hosts that forbid user namespaces.
    ///
    /// Requires Linux 6.12. The program is among the host's processes and sees names and sizes of the host's files; it can
    /// open none beyond its language's, signal no process of the host's, and has no socket. The result lists the layers
    /// that are missing.
    case landlock

    /// Layers that this kind never has.
    ///
    /// Choosing it accepts their absence.
    public var absentLayers: Set<Layer> {
        switch self {
        case .namespaces: []
        case .landlock:
            [
                .userNamespace, .mountNamespace, .pidNamespace, .networkNamespace, .ipcNamespace,
                .utsNamespace,
                .cgroupNamespace, .capabilities,
            ]
        }
    }

    /// Layers without which this kind is nothing: their absence cannot be accepted.
    public var indispensableLayers: Set<Layer> {
        switch self {
        case .namespaces: []
        case .landlock: [.noNewPrivileges, .seccomp, .landlock, .landlockScope, .resourceLimits]
        }
    }
}
