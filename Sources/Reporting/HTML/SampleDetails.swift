import SandboxModel

/// Everything a report says about one sample.
struct SampleDetails {
    /// Most violations, findings, files and failures listed of one sample.
    private static let mostItems = 50

    let sample: SampleResult
    /// Bytes shown of each text.
    let textLimit: Int

    private var result: ExecutionResult { sample.result }

    var html: HTML {
        """
        <div class="details">\(message)\(list("Expectation", sample.expectationFailures) { "\(marking: short($0))" })\
        <div class="pair"><dl>\(facts)</dl>\(usageTable)</div>\
        \(HTML.optional(ResourceChart(result), \.html))\
        \(list("Refused", result.violations, item: violation))\
        \(list("Audit", sample.auditFindings, item: finding))\
        \(output("Source", sample.source))\(compile)\
        \(output("Output", result.stdout))\(output("Errors", result.stderr))\
        \(list("Files", result.files, item: file))</div>
        """
    }

    private var message: HTML {
        .optional(result.errorMessage) { "<p class=\"message\">\(marking: short($0))</p>" }
    }

    private var facts: HTML {
        var facts: [(String, HTML)] = [("Ended", "\(result.ending)")]
        if let evidence = result.evidence {
            facts.append(("Evidence", "\(marking: short(evidence.phrase))"))
        }
        for hit in result.limitsHit {
            facts.append(("Limit hit", "\(hit.limit.rawValue) — \(marking: short(hit.evidence.phrase))"))
        }
        facts.append(("Isolation", "\(isolation)"))
        if let modules = result.isolation.modules { facts.append(("Modules", "\(short(modules.phrase))")) }
        if let directory = result.isolation.privateDirectory {
            facts.append(("Private directory", "\(short(directory))"))
        }
        if let runs = sample.runs { facts.append(("Runs", "\(runs.phrase)")) }
        if !result.filesComplete { facts.append(("Files", "not all that matched")) }
        if sample.resumed { facts.append(("Record", "taken over from an earlier report")) }
        facts.append(("Hash", "<code>\(String(sample.hash.prefix(12)))</code>"))
        return .joined(facts.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" })
    }

    private var isolation: String {
        let isolation = result.isolation
        guard isolation.enforcement != .notRun else { return "nothing ran" }
        let missing = isolation.missing.map(\.rawValue).joined(separator: ", ")
        let walls = "\(isolation.enforcement.rawValue), \(isolation.layers.count) layers"
        return
            "\(walls)\(missing.isEmpty ? "" : ", missing \(missing)"); network \(isolation.network.rawValue), "
            + "file system \(isolation.filesystem.rawValue)"
    }

    private var usageTable: HTML {
        let measured = result.measured
        let (usage, limits) = (measured.usage, measured.limits)
        return """
            <table class="usage"><thead><tr><th>\(measured.stage == .compile ? "Compiling" : "Resource")</th><th>Used</th><th>Limit</th></tr></thead><tbody>\
            \(usageRow("Real time", usage.wallTime.readable, limits.wallTime.readable))\
            \(usageRow("Processor time", usage.cpuTime.readable, limits.cpuTime.readable))\
            \(usageRow("Memory", usage.memory.readable, limits.memory.readable))\
            \(usageRow("Processes", "\(usage.processes)", "\(limits.processes)"))\
            \(usageRow("Output", usage.output.readable, limits.output.readable))\
            \(usageRow("Disk", usage.disk.readable, limits.disk.readable))</tbody></table>
            """
    }

    private func usageRow(_ name: String, _ used: String, _ limit: String) -> HTML {
        "<tr><th>\(name)</th><td>\(used)</td><td>\(limit)</td></tr>"
    }

    private var compile: HTML {
        .optional(result.compile) { stage in
            let hint: HTML =
                stage.cached
                ? "Compiled before; this is what the compiler said then."
                : "Compiled in \(stage.usage.wallTime.readable) with \(stage.usage.memory.readable)."
            return """
                <p class="hint">\(hint)</p>\
                \(output("Compiler's output", stage.stdout))\(output("Compiler's errors", stage.stderr))
                """
        }
    }

    private func output(_ name: String, _ output: CapturedOutput) -> HTML {
        var note =
            output.truncated
            ? "cut by Sanderling: \(ByteCount.bytes(max(0, output.total)).readable) written" : ""
        if output.text == nil { note += note.isEmpty ? "not UTF-8" : ", not UTF-8" }
        return self.output(name, output.bytes, note: note)
    }

    private func output(_ name: String, _ bytes: [UInt8], note: String = "") -> HTML {
        guard !bytes.isEmpty else { return "" }
        let excerpt = Excerpt(bytes, limit: textLimit)
        let omission: HTML =
            excerpt.omitted == 0
            ? ""
            : "<i class=\"gap\">… \(ByteCount.bytes(excerpt.omitted).readable) not shown on this page …</i>"
        return """
            <h4>\(name) <small>\(note)</small></h4>\
            <pre tabindex="0">\(marking: excerpt.head)\(omission)\(marking: excerpt.tail)</pre>
            """
    }

    private func list<Item>(_ name: String, _ items: [Item], item: (Item) -> HTML) -> HTML {
        guard !items.isEmpty else { return "" }
        let rest = items.count - Self.mostItems
        let more: HTML = rest > 0 ? "<li>… and \(rest) more</li>" : ""
        let shown = items.prefix(Self.mostItems).map { "<li>\(item($0))</li>" as HTML }
        return "<h4>\(name)</h4><ul class=\"items\">\(.joined(shown))\(more)</ul>"
    }

    private func violation(_ violation: Violation) -> HTML {
        "<code>\(marking: short(violation.phrase))</code> <small>attested by \(violation.attestedBy.rawValue)</small>"
    }

    private func finding(_ finding: AuditFinding) -> HTML {
        let rule = "\(short(finding.tool)) \(short(finding.rule))"
        // Only a web address may become a link: a page must not offer to run a script.
        let link: HTML =
            if let help = finding.help, help.hasPrefix("https://") {
                "<a href=\"\(help)\" rel=\"noopener noreferrer\">\(rule)</a>"
            } else {
                "\(rule)"
            }
        return """
            line \(finding.line): \(marking: short(finding.message)) <small>\(link), severity \
            \(finding.severity.rawValue), confidence \(finding.confidence.rawValue)</small>
            """
    }

    private func file(_ file: CollectedFile) -> HTML {
        "<code>\(marking: short(file.path))</code> <small>\(ByteCount.bytes(file.contents.count).readable)</small>"
    }

    /// A text that is meant to be a line, at a length that a page can bear many of.
    private func short(_ text: String) -> String {
        let excerpt = Excerpt(Array(text.utf8), limit: 600)
        return excerpt.omitted == 0 ? text : "\(excerpt.head) … \(excerpt.tail)"
    }
}

extension ModulePolicy {
    fileprivate var phrase: String {
        let denied = denied.isEmpty ? [] : ["refused: \(denied.joined(separator: ", "))"]
        let allowed = allowed.map { ["allowed: \($0.isEmpty ? "none" : $0.joined(separator: ", "))"] } ?? []
        return (denied + allowed).joined(separator: "; ")
    }
}

extension RunSpread {
    fileprivate var phrase: String {
        let outcome = flaky ? "flaky, \(distinctOutcomes) outcomes" : "all alike"
        return "\(passed) of \(count) passed, \(outcome); "
            + "\(minimum.readable) to \(maximum.readable), median \(median.readable)"
    }
}
