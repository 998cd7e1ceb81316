import SandboxModel

/// One sample in the list: a line with its bars, which opens to everything known about it.
struct SampleRow {
    let sample: SampleResult
    /// Bytes shown of each text.
    let textLimit: Int

    private var result: ExecutionResult { sample.result }
    private var measured: MeasuredStage { result.measured }
    /// Which stage a bar is of, where it is not the run stage.
    private var note: String { measured.note.isEmpty ? "" : "\(measured.note): " }

    var html: HTML {
        let description = Excerpt(Array(sample.description.utf8), limit: 300)
        let mark: HTML =
            sample.passed
            ? "<b class=\"pass\" title=\"passed\">✓</b>" : "<b class=\"fail\" title=\"failed\">✗</b>"
        let wall = measured.usage.wallTime
        let memory = measured.usage.memory
        return """
            <details class="row" id="s\(sample.index)" data-verdict="\(result.verdict.rawValue)" \
            data-passed="\(sample.passed ? "1" : "0")" data-index="\(sample.index)" \
            data-time="\(wall.inSeconds * 1e6)" data-memory="\(memory.bytes)"><summary>\
            <span class="mark">\(mark)</span><span class="number">\(sample.index + 1)</span>\
            <span class="title">\(marking: description.head)\(description.omitted > 0 ? "…" : "")\
            <small>\(languageName)\(measured.note.isEmpty ? "" : ", measured while compiling")</small></span>\
            <span class="chip \(result.verdict.colorClass)"><i class="dot"></i>\(result.verdict.phrase)</span>\
            \(timeMeter)\(spaceMeter)\
            </summary>\(SampleDetails(sample: sample, textLimit: textLimit).html)</details>

            """
    }

    private var languageName: String {
        let name = [result.language, result.version ?? ""].joined(separator: " ")
        return String(name.prefix(60))
    }

    /// Time against its limit: processor time where that limit struck, or else real time.
    private var timeMeter: HTML {
        let (usage, limits) = (measured.usage, measured.limits)
        let label =
            "\(usage.wallTime.readable) of \(limits.wallTime.readable), "
            + "\(usage.cpuTime.readable) of \(limits.cpuTime.readable) on processors"
        guard measured.struck != .cpuTime else {
            return meter(
                share: usage.cpuTime.inSeconds / limits.cpuTime.inSeconds,
                inner: nil,
                label: note + label,
                value: "\(usage.cpuTime.readable) CPU",
            )
        }
        return meter(
            share: usage.wallTime.inSeconds / limits.wallTime.inSeconds,
            // It would hide the colour of a limit that was reached.
            inner: measured.struck == .wallTime ? nil : usage.cpuTime.inSeconds / limits.wallTime.inSeconds,
            label: note + label,
            value: usage.wallTime.readable,
        )
    }

    /// Memory against its limit, or another resource than time where its limit struck.
    private var spaceMeter: HTML {
        let (usage, limits) = (measured.usage, measured.limits)
        switch measured.struck {
        case .processes:
            return meter(
                share: Double(usage.processes) / Double(limits.processes),
                inner: nil,
                label: "\(note)\(usage.processes) of \(limits.processes) processes",
                value: "\(usage.processes) procs",
            )
        case .output: return meter(usage.output, of: limits.output, "output")
        case .disk: return meter(usage.disk, of: limits.disk, "disk")
        // No file grows beyond its limit, so the one that struck is at it.
        case .fileSize: return meter(limits.fileSize, of: limits.fileSize, "file")
        case .wallTime, .cpuTime, .memory, nil: return meter(usage.memory, of: limits.memory, "")
        }
    }

    private func meter(_ used: ByteCount, of limit: ByteCount, _ what: String) -> HTML {
        let suffix = what.isEmpty ? "" : " \(what)"
        return meter(
            share: Double(used.bytes) / Double(limit.bytes),
            inner: nil,
            label: "\(note)\(used.readable) of \(limit.readable)\(suffix)",
            value: used.readable + suffix,
        )
    }

    private func meter(share: Double, inner: Double?, label: String, value: String) -> HTML {
        "<span class=\"meter\">\(bar(share: share, inner: inner, label: label))<span>\(value)</span></span>"
    }
}

/// A bar against its limit, which is the tick at nine tenths of the width: what goes beyond is seen to do so.
private func bar(share: Double, inner: Double?, label: String) -> HTML {
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
