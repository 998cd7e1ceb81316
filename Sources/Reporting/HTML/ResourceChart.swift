import SandboxModel

/// Memory and processor use of one sample over its time, each with its limit.
struct ResourceChart {
    /// Fewer readings than this say nothing over time.
    static let fewestReadings = 3
    /// More points than a chart is wide help nobody.
    private static let mostPoints = 240

    private let readings: [ResourceSample]
    private let limits: Limits
    private let end: Double

    /// The chart of a result that has enough readings, or `nil`.
    init?(_ result: ExecutionResult) {
        let sorted = result.samples.sorted { $0.time < $1.time }
        guard sorted.count >= Self.fewestReadings, let last = sorted.last, last.time > .zero else {
            return nil
        }
        let stride = (sorted.count + Self.mostPoints - 1) / Self.mostPoints
        var readings = sorted.enumerated().filter { $0.offset % stride == 0 || $0.offset == sorted.count - 1 }
            .map(\.element)
        // At its start a program has used no time yet, and what memory it was given.
        if let first = readings.first, first.time > .zero {
            readings.insert(ResourceSample(time: .zero, cpuTime: .zero, memory: first.memory), at: 0)
        }
        self.readings = readings
        limits = result.limits
        end = last.time.inSeconds
    }

    var html: HTML { "<div class=\"charts\">\(memory)\(processor)</div>" }

    private var memory: HTML {
        let values = readings.map { (time: $0.time.inSeconds, value: Double($0.memory.bytes)) }
        let peak = ByteCount.bytes(Int(values.map(\.value).max() ?? 0))
        return panel(
            "Memory",
            note: "up to \(peak.readable), limit \(limits.memory.readable)",
            values: values,
            limit: Double(limits.memory.bytes),
        )
    }

    private var processor: HTML {
        let values = zip(readings, readings.dropFirst()).map { earlier, later in
            let time = (later.time - earlier.time).inSeconds
            let share = time > 0 ? max(0, (later.cpuTime - earlier.cpuTime).inSeconds) / time : 0
            return (time: later.time.inSeconds, value: share)
        }
        let peak = values.map(\.value).max() ?? 0
        // Each value is that of the time before its reading, the first one back to the start.
        let start = values.first.map { [(time: 0.0, value: $0.value)] } ?? []
        let ceiling = limits.cpuShare.map { ", limit \(percent($0))" } ?? ""
        return panel(
            "Processor",
            note: "up to \(percent(peak))\(ceiling)",
            values: start + values,
            limit: limits.cpuShare,
        )
    }

    private func panel(
        _ name: String,
        note: String,
        values: [(time: Double, value: Double)],
        limit: Double?,
    ) -> HTML {
        // Room above the highest of line and limit, so that neither lies on the frame.
        let top = max(values.map(\.value).max() ?? 0, limit ?? 0, .leastNormalMagnitude) * 1.12
        let points = values.map { point in
            (x: point.time * 100 / end, y: 100 - point.value * 100 / top)
        }
        let line = points.map { "\(short($0.x)),\(short($0.y))" }.joined(separator: " ")
        let first = short(points.first?.x ?? 0)
        let last = short(points.last?.x ?? 100)
        let limitLine = HTML.optional(limit) { limit in
            let y = 100 - limit * 100 / top
            return "<line class=\"ceiling\" x1=\"0\" x2=\"100\" y1=\"\(y)\" y2=\"\(y)\"/>"
        }
        return """
            <figure><figcaption>\(name) <small>\(note)</small></figcaption>\
            <svg class="area" width="100%" height="88" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" \
            aria-label="\(name) over time, \(note)">\
            <polygon class="fill" points="\(first),100 \(line) \(last),100"/>\
            <polyline class="line" points="\(line)"/>\(limitLine)</svg>\
            <div class="axis" aria-hidden="true"><span>0</span><span>\(Duration.seconds(end).readable)</span></div>\
            </figure>
            """
    }

    private func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
