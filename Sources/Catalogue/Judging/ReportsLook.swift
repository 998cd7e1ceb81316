import Reporting
import SandboxModel

/// Makes every report of a record and its source, and looks in them for what would act on whoever reads them.
///
/// Programs that aim at reports put ``marker`` into whatever they try, so that their markup can be told from the report's own.
struct ReportsLook {
    /// What is not inert, a sentence each.
    let findings: [String]

    /// The word in what a program wants to be taken for markup.
    static let marker = "INJ"

    init(_ result: ExecutionResult, of source: [UInt8]) {
        findings = Self.texts(of: result, source).compactMap { Self.finding(in: $0.text, of: $0.name) }
    }

    /// The first thing in a text that is not inert there.
    static func finding(in text: String, of name: String) -> String? {
        if let scalar = text.unicodeScalars.first(where: acts) {
            return "\(name) holds U+\(String(scalar.value, radix: 16, uppercase: true))"
        }
        switch name {
        case "html": return programMarkup(in: text).map { "html holds the program's markup \($0)" }
        case "markdown":
            // In a fence nothing is markup; one ends where as many backticks stand on a line as it began with.
            let bare = text.replacing(#/(?m)^(`{3,})text\n(?:.*\n)*?\1$/#, with: "")
            return (programMarkup(in: bare) ?? programHeading(in: bare))
                .map { "markdown holds the program's markup \($0)" }
        case "junit": return foreignElement(in: text).map { "junit holds the element \($0)" }
        case "JSON", "sarif": return (try? JSONTree(Array(text.utf8))) == nil ? "\(name) is no JSON" : nil
        case "csv": return formula(in: text).map { "csv holds the formula \($0.prefix(80))" }
        default: return nil
        }
    }

    /// Every text that people are shown of a record, by what it is called.
    private static func texts(
        of result: ExecutionResult,
        _ source: [UInt8],
    ) -> [(name: String, text: String)] {
        let sample = SampleResult(
            index: 0,
            description: "attack",
            hash: "",
            source: source,
            result: result,
            passed: result.success,
        )
        var summary = BatchSummary(total: 1)
        summary.add(sample)
        var texts = [("JSON", String(decoding: ResultJSON.encode(sample), as: UTF8.self))]
        for format in ReportFormat.allCases {
            do {
                texts.append((format.rawValue, try format.report.text(summary: summary, results: [sample])))
            } catch {
                // A report that cannot be made is one that hides what happened.
                texts.append((format.rawValue, "\u{0}"))
            }
        }
        // As the terminal gets it: however the stream is cut.
        let bytes = result.stdout.bytes + result.stderr.bytes + (result.compile?.stderr.bytes ?? [])
        var whole = TerminalText()
        texts.append(("the terminal", whole.inert(bytes) + whole.finish()))
        var cut = TerminalText()
        texts.append(("the terminal", bytes.reduce(into: "") { $0 += cut.inert([$1]) } + cut.finish()))
        return texts
    }

    /// Whether a scalar steers a terminal, hides itself, or turns the text around it.
    private static func acts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        // Only ever before a line feed, where TerminalText and RFC 4180 have it.
        case 0x0D: false
        case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func programMarkup(in text: String) -> Substring? {
        let markup =
            #/<(?:a|b|base|body|embed|form|h1|iframe|img|input|link|meta|object|plaintext|script|style|svg|x)\b[^>]*INJ[^>]*>/#
            .ignoresCase()
        return text.firstMatch(of: markup).map { $0.output.prefix(80) }
    }

    /// A heading of Markdown with the program's word in it; the report's own have none of the program's.
    private static func programHeading(in text: String) -> Substring? {
        text.firstMatch(of: #/(?m)^ {0,3}#{1,6} .*INJ/#).map { $0.output.prefix(80) }
    }

    /// The name of an element that no JUnit report of ours has; contents of CDATA sections are no elements.
    private static func foreignElement(in text: String) -> String? {
        // No XML may hold them, and a parser that refuses the report hides what is in it.
        if text.unicodeScalars.contains(where: { $0.value == 0xFFFE || $0.value == 0xFFFF }) {
            return "U+FFFE"
        }
        let own: Set = [
            "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out", "system-err",
            "properties", "property",
        ]
        let bare = text.replacing(#/<!\[CDATA\[.*?\]\]>/#.dotMatchesNewlines(), with: "")
        return bare.matches(of: #/<\/?([A-Za-z][^\s>\/]*)/#).lazy.map { String($0.1) }.first {
            !own.contains($0)
        }
    }

    /// The first cell that a spreadsheet would run, which a number is not.
    private static func formula(in text: String) -> String? {
        var cell = ""
        var isQuoted = false
        for character in text + "\n" {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted, "\n" where !isQuoted, "\r\n" where !isQuoted:
                if let first = cell.first, "=+-@".contains(first), cell.count > 1, Double(cell) == nil {
                    return cell
                }
                cell = ""
            default: cell.append(character)
            }
        }
        return nil
    }
}
