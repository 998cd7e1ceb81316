/// What kind of figure a metric is, which decides its name and its text.
enum MetricKind: Sendable {
    case counter
    case gauge
    /// Values without a unit.
    case histogram
    /// Times; seconds in the text.
    case duration

    /// The type that Prometheus knows.
    var type: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram, .duration: "histogram"
        }
    }

    /// The name for a label of swift-metrics: `sanderling.executions` is counted as `sanderling_executions_total`.
    func name(of label: String) -> String {
        let base = String(
            label.unicodeScalars.map { scalar in
                let isFit =
                    scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_")
                return isFit ? Character(scalar) : "_"
            }
        )
        return switch self {
        case .counter: base.hasSuffix("_total") ? base : base + "_total"
        case .duration: base.hasSuffix("_seconds") ? base : base + "_seconds"
        case .gauge, .histogram: base
        }
    }

    /// The upper bounds of its histogram.
    var bounds: [Double] {
        switch self {
        case .counter, .gauge: []
        case .histogram: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000]
        case .duration:
            [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
        }
    }
}
