public import SandboxModel

/// SARIF 2.1.0, as code-scanning tools read it: what the audit found, and what the sandbox refused.
public struct SARIFReport: Report {
    /// The rules of what the sandbox refuses, beside those of the analysers.
    private static let refusals: [JSONValue] = [
        rule(id: "sandbox/system_call", name: "refused_system_call", help: nil, weakness: nil),
        rule(id: "sandbox/module", name: "refused_module", help: nil, weakness: nil),
    ]

    /// A report.
    public init() {}

    /// Writes the log.
    ///
    /// - Throws: What `results` and `output` throw.
    public func write(
        summary: BatchSummary,
        results: (_ body: (SampleResult) throws -> Void) throws -> Void,
        to output: @escaping (String) throws -> Void,
    ) throws {
        // The rules come after the findings in the text, since they are known only then; order has no meaning in JSON.
        var rules = Self.refusals
        var known: Set<String> = []
        var isFirst = true
        try output(
            """
            {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\
            "columnKind":"unicodeCodePoints","results":[
            """
        )
        try results { sample in
            for finding in sample.auditFindings where known.insert(Self.ruleID(finding)).inserted {
                rules.append(
                    Self.rule(
                        id: Self.ruleID(finding),
                        name: finding.name,
                        help: finding.help,
                        weakness: finding.weakness,
                    )
                )
            }
            let lines = String(decoding: sample.source, as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false)
            var prints = FindingPrints(sample: sample.hash)
            let found = sample.auditFindings.map { finding in
                let line = lines.indices.contains(finding.line - 1) ? String(lines[finding.line - 1]) : ""
                let print = prints.next(rule: Self.ruleID(finding), text: line)
                return result(finding, in: sample, print: print)
            }
            let refused = sample.result.violations.map { violation in
                let print = prints.next(rule: Self.ruleID(violation), text: violation.phrase)
                return result(violation, in: sample, print: print)
            }
            for result in found + refused {
                try output((isFirst ? "\n" : ",\n") + Self.text(result))
                isFirst = false
            }
        }
        let driver: JSONValue = [
            "name": "Sanderling",
            "rules": .array(rules),
        ]
        try output("\n],\"tool\":{\"driver\":\(Self.text(driver))}}]}\n")
    }

    private static func text(_ value: JSONValue) -> String {
        String(decoding: value.serialized(), as: UTF8.self)
    }

    private static func ruleID(_ finding: AuditFinding) -> String { "\(finding.tool)/\(finding.rule)" }

    private static func ruleID(_ violation: Violation) -> String { "sandbox/\(violation.kind.rawValue)" }

    private static func rule(id: String, name: String, help: String?, weakness: Int?) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("id", .string(id)),
            ("name", .string(name)),
            ("shortDescription", ["text": .string(name.replacing("_", with: " "))]),
        ]
        if let help, help.hasPrefix("https://") { members.append(("helpUri", .string(help))) }
        if let weakness {
            members.append(("properties", ["tags": ["security", .string("external/cwe/cwe-\(weakness)")]]))
        }
        return .object(members)
    }

    private func result(_ finding: AuditFinding, in sample: SampleResult, print: String) -> JSONValue {
        let level =
            switch finding.severity {
            case .low: "note"
            case .medium: "warning"
            case .high: "error"
            }
        var region: [(key: String, value: JSONValue)] = [("startLine", .integer(max(1, finding.line)))]
        if let column = finding.column, column > 0 { region.append(("startColumn", .integer(column))) }
        region.append(("endLine", .integer(max(1, finding.line, finding.endLine))))
        return result(
            rule: Self.ruleID(finding),
            level: level,
            message: finding.message,
            place: physicalLocation(finding.path, region: .object(region)),
            sample: sample,
            print: print,
            properties: ["confidence": .string(finding.confidence.rawValue)],
        )
    }

    private func result(_ violation: Violation, in sample: SampleResult, print: String) -> JSONValue {
        result(
            rule: Self.ruleID(violation),
            level: "error",
            message: "The sandbox refused \(violation.phrase).",
            place: [],
            sample: sample,
            print: print,
            properties: [
                "count": .integer(violation.count), "attested_by": .string(violation.attestedBy.rawValue),
            ],
        )
    }

    private func result(
        rule: String,
        level: String,
        message: String,
        place: [(key: String, value: JSONValue)],
        sample: SampleResult,
        print: String,
        properties: JSONValue,
    ) -> JSONValue {
        let logical: JSONValue = [["name": .string(sample.description), "kind": "sample"]]
        return [
            "ruleId": .string(rule),
            "level": .string(level),
            "message": ["text": .string(message)],
            "locations": [.object(place + [(key: "logicalLocations", value: logical)])],
            "partialFingerprints": ["finding/v1": .string(print)],
            "properties": properties,
        ]
    }

    private func physicalLocation(_ path: String, region: JSONValue) -> [(key: String, value: JSONValue)] {
        let location: JSONValue = ["artifactLocation": ["uri": .string(uri(path))], "region": region]
        return [(key: "physicalLocation", value: location)]
    }

    /// A relative path as RFC 3986 wants it; what could make it absolute or a scheme is encoded too.
    private func uri(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: true).map { segment in
            segment.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    return String(UnicodeScalar(byte))
                default:
                    let digits = String(byte, radix: 16, uppercase: true)
                    return "%\(digits.count < 2 ? "0" : "")\(digits)"
                }
            }
            .joined()
        }
        .filter { $0 != ".." }
        .joined(separator: "/")
    }
}

/// The fingerprints of one sample's findings, by which a tool knows them again.
private struct FindingPrints {
    let sample: String
    private var counts: [String: Int] = [:]

    init(sample: String) { self.sample = sample }

    /// The fingerprint of a rule's next finding in a line with this text; those that are alike are numbered.
    mutating func next(rule: String, text: String) -> String {
        let digits = Fingerprint(sample, rule, text).digits
        counts[digits, default: 0] += 1
        return "\(digits):\(counts[digits, default: 0])"
    }
}
