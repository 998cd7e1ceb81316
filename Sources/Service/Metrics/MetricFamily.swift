/// A label of a series: `verdict="ok"`.
struct MetricLabel: Hashable, Sendable {
    var name: String
    var value: String

    /// The label as text, with what would end it escaped.
    var text: String {
        let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
            "\n",
            with: "\\n",
        )
        return "\(name)=\"\(escaped)\""
    }
}

/// A metric with all of its series.
struct MetricFamily: Sendable {
    let name: String
    let label: String
    let kind: MetricKind
    private var all: [[MetricLabel]: MetricSeries] = [:]

    init(label: String, kind: MetricKind) {
        name = kind.name(of: label)
        self.label = label
        self.kind = kind
    }

    mutating func series(_ labels: [MetricLabel]) -> MetricSeries {
        if let series = all[labels] { return series }
        let series = MetricSeries(kind: kind)
        all[labels] = series
        return series
    }

    /// Its help, its type and a line for each value.
    var text: String {
        let head = "# HELP \(name) \(MetricHelp.text(of: label))\n# TYPE \(name) \(kind.type)\n"
        let texts = all.map { labels, series in (labels.map(\.text), series) }
        return head
            + texts.sorted { $0.0.lexicographicallyPrecedes($1.0) }
            .flatMap { labels, series in series.samples.map { Self.line(name, labels, $0) } }
            .joined()
    }

    private static func line(_ name: String, _ labels: [String], _ sample: MetricSample) -> String {
        let all = labels + (sample.bound.map { ["le=\"\($0)\""] } ?? [])
        return name + sample.suffix + (all.isEmpty ? "" : "{\(all.joined(separator: ","))}")
            + " \(sample.value)\n"
    }
}
