public import SandboxModel

/// JUnit XML, as continuous integration systems read it: a test case for each sample.
///
/// A sample that missed its expectation is a `failure`, one that Sanderling could not run an `error`, one that was
/// cancelled `skipped`. XML 1.0 has no way to write control characters; they are shown by their pictures.
public struct JUnitReport: Report {
    /// Bytes kept of each output stream.
    private static let outputLimit = 64_000

    /// The suite's name.
    public var suite: String

    /// A report of a suite.
    public init(suite: String = "sanderling") {
        self.suite = suite
    }

    /// Writes the document.
    ///
    /// - Throws: What `results` and `output` throw.
    public func write(
        summary: BatchSummary,
        results: (_ body: (SampleResult) throws -> Void) throws -> Void,
        to output: @escaping (String) throws -> Void,
    ) throws {
        // The counts stand before the cases, so they come from the summary, by the same rule as each case's element.
        let errors = summary.verdicts[.internalError] ?? 0
        let counts = """
            tests="\(summary.finished + summary.cancelled)" failures="\(max(0, summary.failed - errors))" \
            errors="\(errors)" skipped="\(summary.cancelled)" time="\(summary.wallTime.decimalSeconds)"
            """
        try output(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites \(counts)>
            <testsuite name="\(suite.xml)" \(counts)>

            """
        )
        try results { try output(testCase($0)) }
        try output("</testsuite>\n</testsuites>\n")
    }

    private func testCase(_ sample: SampleResult) -> String {
        let result = sample.result
        return """
            <testcase name="\(sample.index + 1). \(sample.description.xml)" classname="\(result.language.xml)" \
            time="\(result.measured.usage.wallTime.decimalSeconds)">
            \(properties(result))\(problem(sample))\(stream("system-out", result.stdout))\(stream("system-err", result.stderr))</testcase>

            """
    }

    /// Which stage a case's time is of, where it is not the run stage.
    private func properties(_ result: ExecutionResult) -> String {
        guard result.measured.stage == .compile else { return "" }
        return "<properties><property name=\"measured_stage\" value=\"compile\"/></properties>\n"
    }

    private func problem(_ sample: SampleResult) -> String {
        let result = sample.result
        let type = result.verdict.rawValue
        switch result.verdict {
        case .internalError:
            return "<error type=\"\(type)\" message=\"\((result.errorMessage ?? type).xml)\"/>\n"
        case _ where sample.passed: return ""
        case .cancelled: return "<skipped message=\"cancelled\"/>\n"
        default:
            let reasons = sample.expectationFailures + [result.errorMessage].compactMap(\.self)
            let evidence = result.evidence.map { "\nevidence: \($0.phrase)" } ?? ""
            return """
                <failure type="\(type)" message="\((reasons.first ?? type).xml)">\
                \((reasons.joined(separator: "\n") + evidence).xml)</failure>

                """
        }
    }

    private func stream(_ element: String, _ output: CapturedOutput) -> String {
        guard !output.bytes.isEmpty else { return "" }
        let excerpt = Excerpt(output.bytes, limit: Self.outputLimit)
        let gap = excerpt.omitted > 0 ? "\n[\(excerpt.omitted) bytes left out]\n" : ""
        return "<\(element)>\((excerpt.head + gap + excerpt.tail).xml)</\(element)>\n"
    }
}

extension String {
    /// The text escaped for an element or a quoted attribute of XML 1.0, without the characters it forbids.
    fileprivate var xml: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&apos;"
            // As references, since a parser would turn them into spaces in an attribute.
            case "\n": escaped += "&#10;"
            case "\t": escaped += "&#9;"
            case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default:
                if let visible = scalar.visibleForm {
                    escaped += visible
                } else {
                    escaped.unicodeScalars.append(scalar)
                }
            }
        }
        return escaped
    }
}
