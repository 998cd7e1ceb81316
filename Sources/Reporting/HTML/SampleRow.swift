import SandboxModel

/// One sample in the list: a line with its bars, which opens to everything known about it.
struct SampleRow {
    let sample: SampleResult
    /// Bytes shown of each text.
    let textLimit: Int

    private var result: ExecutionResult { sample.result }

    var html: HTML {
        let description = Excerpt(Array(sample.description.utf8), limit: 300)
        let mark: HTML =
            sample.passed
            ? "<b class=\"pass\" title=\"passed\">✓</b>" : "<b class=\"fail\" title=\"failed\">✗</b>"
        let wall = result.usage.wallTime
        let memory = result.usage.memory
        return """
            <details class="row" id="s\(sample.index)" data-verdict="\(result.verdict.rawValue)" \
            data-passed="\(sample.passed ? "1" : "0")" data-index="\(sample.index)" \
            data-time="\(wall.inSeconds * 1e6)" data-memory="\(memory.bytes)"><summary>\
            <span class="mark">\(mark)</span><span class="number">\(sample.index + 1)</span>\
            <span class="title">\(marking: description.head)\(description.omitted > 0 ? "…" : "")\
            <small>\(languageName)</small></span>\
            <span class="chip \(result.verdict.colorClass)"><i class="dot"></i>\(result.verdict.phrase)</span>\
            <span class="meter">\(timeMeter)<span>\(wall.readable)</span></span>\
            <span class="meter">\(memoryMeter)<span>\(memory.readable)</span></span>\
            </summary>\(SampleDetails(sample: sample, textLimit: textLimit).html)</details>

            """
    }

    private var languageName: String {
        let name = [result.language, result.version ?? ""].joined(separator: " ")
        return String(name.prefix(60))
    }

    private var timeMeter: HTML {
        let limit = result.limits.wallTime
        let label =
            "\(result.usage.wallTime.readable) of \(limit.readable), "
            + "\(result.usage.cpuTime.readable) on processors"
        return meter(
            share: result.usage.wallTime.inSeconds / limit.inSeconds,
            inner: result.usage.cpuTime.inSeconds / limit.inSeconds,
            label: label,
        )
    }

    private var memoryMeter: HTML {
        let limit = result.limits.memory
        return meter(
            share: Double(result.usage.memory.bytes) / Double(limit.bytes),
            inner: nil,
            label: "\(result.usage.memory.readable) of \(limit.readable)",
        )
    }
}

/// A bar against its limit, which is the tick at nine tenths of the width: what goes beyond is seen to do so.
func meter(share: Double, inner: Double?, label: String) -> HTML {
    let scale = 90.0
    let width = { (share: Double) in share.isFinite ? max(0, min(100, share * scale)) : 0 }
    let inside = HTML.optional(inner) { inner in
        "<rect class=\"cpu\" y=\"4\" width=\"\(width(inner))%\" height=\"6\" rx=\"1.5\"/>"
    }
    return """
        <svg width="100%" height="14" role="img" aria-label="\(label)"><title>\(label)</title>\
        <rect class="track" y="4" width="\(scale)%" height="6" rx="1.5"/>\
        <rect class="\(share >= 0.999 ? "over" : "used")" y="4" width="\(width(share))%" height="6" rx="1.5"/>\
        \(inside)<line class="tick" x1="\(scale)%" x2="\(scale)%" y1="1" y2="13"/></svg>
        """
}
