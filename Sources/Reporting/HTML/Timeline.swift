import SandboxModel

/// What ran when: a bar for each sample, in as few lanes as their overlaps allow.
///
/// With more samples than can be told apart, how many ran at once instead.
struct Timeline {
    /// Most samples that get a bar of their own.
    static let mostBars = 400
    private static let bins = 240
    private static let laneHeight = 24

    private struct Bar {
        let index: Int
        let description: String
        let verdict: Verdict
        let start: Duration
        let end: Duration
    }

    private let length: Duration
    private var bars: [Bar] = []
    private var count = 0
    private var last: Duration = .zero
    /// Processor-seconds of occupancy in each bin: how long samples ran in it, together.
    private var occupancy = [Double](repeating: 0, count: Timeline.bins)

    /// A timeline of a batch that took `length`.
    init(length: Duration) { self.length = max(length, .microseconds(1)) }

    /// Adds a sample; one taken over from an earlier report did not run in this batch and is left out.
    mutating func add(_ sample: SampleResult) {
        guard !sample.resumed, sample.result.verdict != .internalError else { return }
        count += 1
        let compileTime = sample.result.compile?.usage.wallTime ?? .zero
        let end = sample.startedAt + compileTime + sample.result.usage.wallTime
        last = max(last, end)
        if bars.count < Self.mostBars {
            bars.append(
                Bar(
                    index: sample.index,
                    description: sample.description,
                    verdict: sample.result.verdict,
                    start: sample.startedAt,
                    end: end,
                )
            )
        }
        occupy(from: sample.startedAt, to: end)
    }

    private mutating func occupy(from start: Duration, to end: Duration) {
        let width = length.inSeconds / Double(Self.bins)
        let first = min(Self.bins - 1, max(0, Int(start.inSeconds / width)))
        let final = min(Self.bins - 1, max(first, Int(min(end.inSeconds / width, Double(Self.bins)))))
        for bin in first...final {
            let low = max(start.inSeconds, Double(bin) * width)
            let high = min(end.inSeconds, Double(bin + 1) * width)
            occupancy[bin] += max(0, high - low) / width
        }
    }

    var html: HTML {
        guard count > 0 else { return "" }
        let chart = count > Self.mostBars ? concurrency : lanes
        return "<section><h2>Timeline</h2>\(chart)</section>"
    }

    private var lanes: HTML {
        var laneEnds: [Duration] = []
        let end = max(length, last)
        let drawn = bars.sorted { ($0.start, $0.index) < ($1.start, $1.index) }.map { bar -> HTML in
            let lane = laneEnds.firstIndex { $0 <= bar.start } ?? laneEnds.count
            if lane == laneEnds.count { laneEnds.append(bar.end) } else { laneEnds[lane] = bar.end }
            return draw(bar, lane: lane, end: end)
        }
        let height = laneEnds.count * Self.laneHeight
        return """
            <svg class="timeline" width="100%" height="\(height)" role="group" \
            aria-label="\(bars.count) samples, at most \(laneEnds.count) at once">\(grid)\(.joined(drawn))</svg>\
            \(timeAxis(end))
            """
    }

    private func draw(_ bar: Bar, lane: Int, end: Duration) -> HTML {
        let left = bar.start.inSeconds * 100 / end.inSeconds
        let width = max(0.3, (bar.end - bar.start).inSeconds * 100 / end.inSeconds)
        let name = bar.description.shortened(to: 80)
        // A label needs room for a few letters.
        let label: HTML =
            width > 4
            ? "<foreignObject width=\"100%\" height=\"20\"><div class=\"label\">\(name)</div></foreignObject>"
            : ""
        return """
            <a href="#s\(bar.index)"><svg class="\(bar.verdict.colorClass)" x="\(left)%" \
            y="\(lane * Self.laneHeight + 2)" width="\(width)%" height="20">\
            <title>\(name): \(bar.verdict.phrase), \((bar.end - bar.start).readable) \
            from \(bar.start.readable)</title><rect width="100%" height="20" rx="3"/>\(label)</svg></a>
            """
    }

    private var concurrency: HTML {
        let peak = max(1, occupancy.max() ?? 1)
        var points = "0,100 "
        for (bin, value) in occupancy.enumerated() {
            let y = 100 - value * 100 / peak
            points += "\(bin),\(y) \(bin + 1),\(y) "
        }
        points += "\(Self.bins),100"
        let most = Int(peak.rounded(.up))
        return """
            <p class="hint">How many samples ran at once, up to \(most); with \(count) samples their bars could not \
            be told apart.</p>
            <svg class="area" width="100%" height="96" viewBox="0 0 \(Self.bins) 100" preserveAspectRatio="none" \
            role="img" aria-label="Samples running at once over time, at most \(most)">\
            <polygon class="accent" points="\(points)"/></svg>\(timeAxis(length))
            """
    }
}

/// Lines at the quarters of a chart's width.
private let grid: HTML = .joined(
    [25, 50, 75].map { "<line class=\"grid\" x1=\"\($0)%\" x2=\"\($0)%\" y1=\"0\" y2=\"100%\"/>" }
)

/// The labels below a chart that begins at zero.
func timeAxis(_ end: Duration) -> HTML {
    let marks = [0.0, 0.25, 0.5, 0.75, 1].map { share -> HTML in
        let time = Duration.nanoseconds(Int64(Double(end.inNanoseconds) * share))
        return "<span>\(share == 0 ? "0" : time.readable)</span>"
    }
    return "<div class=\"axis\" aria-hidden=\"true\">\(.joined(marks))</div>"
}
