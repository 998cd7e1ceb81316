import LinuxKernel
public import SandboxModel

/// Which layers an execution requires, and whether this host has them.
struct LayerRequirements {
    /// Every layer that the policy and the limits call for, in the order of ``/SandboxModel/Layer``.
    let required: [Layer]
    /// What the execution is kept in by.
    private let isolation: IsolationKind

    /// The layers that `policy` and `limits` call for.
    init(policy: Policy, limits: Limits) {
        isolation = policy.isolation
        required = Layer.allCases.filter { layer in
            switch layer {
            case .networkNamespace: policy.network != .host
            case .landlockScope: policy.network == .host || policy.isolation == .landlock
            case .cpuShareLimit: limits.cpuShare != nil
            default: true
            }
        }
    }

    /// The layers in force and those that are missing; refuses when the caller has not accepted one of those.
    func settle(
        unavailable: [Layer: LayerReport],
        allowMissing: Set<Layer>,
    ) throws(SandboxError) -> (layers: [Layer], missing: [Layer]) {
        let absent = isolation.absentLayers
        let missing = required.filter { unavailable[$0] != nil || absent.contains($0) }
        let accepted = allowMissing.subtracting(isolation.indispensableLayers).union(absent)
        let refused = missing.filter { !accepted.contains($0) }
        guard refused.isEmpty else {
            let reports = refused.compactMap { unavailable[$0] }
            let names = refused.map(\.rawValue).joined(separator: ", ")
            throw SandboxError(
                .layerUnavailable,
                "the host cannot enforce \(names): \(reports.map(\.detail).uniqued().joined(separator: "; "))",
                mend: reports.compactMap(\.mend).uniqued().joined(separator: "; "),
                layers: refused,
            )
        }
        return (required.filter { !missing.contains($0) }, missing)
    }
}

/// Whether this host can enforce a layer, and what to do when it cannot.
public struct LayerReport: Sendable, Hashable, Codable {
    /// The layer.
    public let layer: Layer
    /// Whether it can be enforced.
    public let isEnforced: Bool
    /// What was found, in a few words.
    public let detail: String
    /// One line that mends it; `nil` when nothing has to be mended or nothing can.
    public let mend: String?

    /// A report on `layer`.
    public init(layer: Layer, isEnforced: Bool, detail: String, mend: String? = nil) {
        self.layer = layer
        self.isEnforced = isEnforced
        self.detail = detail
        self.mend = mend
    }

    private enum CodingKeys: String, CodingKey {
        case layer
        case isEnforced = "enforced"
        case detail, mend
    }
}

extension Sequence where Element: Hashable {
    /// The elements without repetitions, in the order of their first appearance.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
