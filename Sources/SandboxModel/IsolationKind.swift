/// What a program is kept in by.
///
/// It is chosen by name: where the host does not have what one needs, the execution is refused, and no other takes its place.
public enum IsolationKind: Sendable, Hashable, Codable {
    /// Namespaces, control groups, Landlock and a system-call filter: every ``Layer``.
    case namespaces
    /// Landlock, a system-call filter and per-process ceilings, for hosts that forbid user namespaces.
    ///
    /// Requires Linux 6.12. The program is among the host's processes and sees names and sizes of the host's files; it can
    /// open none beyond its language's, signal no process of the host's, and has no socket. The result lists the layers
    /// that are missing.
    case landlock
    /// A container of an installed OCI runtime: `oci:crun`.
    ///
    /// The runtime makes the namespaces and the mount tree. What stands in for each ``Layer`` depends on the runtime.
    case oci(OCIRuntime)

    /// Layers that this kind never has.
    ///
    /// Choosing it accepts their absence.
    public var absentLayers: Set<Layer> {
        switch self {
        case .namespaces, .oci(.crun), .oci(.runc): []
        // What a kernel of the runtime's own does not have, or does without the host's counting it.
        case .oci(.runsc): [.cgroupNamespace, .seccompRecording, .landlock, .processLimit]
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
        case .namespaces, .oci: []
        case .landlock: [.noNewPrivileges, .seccomp, .landlock, .landlockScope, .resourceLimits]
        }
    }
}

extension IsolationKind: RawRepresentable, CaseIterable {
    /// Every kind, an OCI runtime's for each that is known.
    public static var allCases: [IsolationKind] {
        [.namespaces, .landlock] + OCIRuntime.allCases.map(Self.oci)
    }

    /// The kind of that name: `namespaces`, `landlock`, or `oci:` and a runtime's.
    public init?(rawValue: String) {
        guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = kind
    }

    /// Its name, as the command line, batch files and results have it.
    public var rawValue: String {
        switch self {
        case .namespaces: "namespaces"
        case .landlock: "landlock"
        case .oci(let runtime): "oci:" + runtime.rawValue
        }
    }
}
