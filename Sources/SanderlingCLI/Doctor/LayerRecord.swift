import Sanderling

/// A layer's report as an object of JSON: keys without a value are `null`, never absent.
struct LayerRecord: Encodable {
    let report: LayerReport

    private enum CodingKeys: String, CodingKey {
        case layer, enforced, detail, mend
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(report.layer, forKey: .layer)
        try container.encode(report.isEnforced, forKey: .enforced)
        try container.encode(report.detail, forKey: .detail)
        try container.encode(report.mend, forKey: .mend)
    }
}
