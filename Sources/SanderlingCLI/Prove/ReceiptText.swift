import Catalogue
import Reporting
import RunClient
import SandboxModel

/// A receipt for people.
struct ReceiptText {
    let lines: [String]

    init(_ receipt: Receipt, style: Style) {
        lines =
            Self.heading(receipt, style: style) + Self.cases(receipt, style: style)
            + Self.counts(receipt, style: style) + Self.conclusion(receipt, style: style)
    }

    private static func heading(_ receipt: Receipt, style: Style) -> [String] {
        let host = receipt.host
        let enforced = receipt.layers.filter(\.enforced).map(\.layer)
        let others = receipt.layers.filter { !$0.enforced }.map(\.layer)
        var lines = [
            style.bold("Sanderling \(receipt.sanderling) on \(host.name), \(receipt.startedAt)".onOneLine),
            "Linux \(receipt.kernel) \(host.architecture), \(host.system), ".onOneLine
                + "\(host.processors.of("processor")), \(host.root ? "as root" : "as an ordinary user")",
            "\(enforced.count) of \(receipt.layers.count.of("layer")) in force: \(enforced.joined(separator: ", "))",
        ]
        if let isolation = receipt.isolation, isolation != .namespaces {
            lines.append("isolation: \(isolation.rawValue)")
        }
        if !others.isEmpty { lines.append("not in force: \(others.joined(separator: ", "))") }
        return lines
    }

    private static func cases(_ receipt: Receipt, style: Style) -> [String] {
        var lines: [String] = []
        let width = receipt.cases.map(\.id.displayWidth).max() ?? 0
        for attackClass in AttackClass.allCases {
            let cases = receipt.cases.filter { $0.attackClass == attackClass }
            guard !cases.isEmpty else { continue }
            lines += ["", style.bold(attackClass.rawValue)]
            for record in cases {
                let paths = record.paths.map { "\(mark($0.outcome, style)) \($0.path.rawValue)" }
                let state =
                    paths.isEmpty ? "\(mark(record.outcome, style)) skipped" : paths.joined(separator: " ")
                lines.append("  \(record.id.padded(to: width))  \(state)  \(record.title.onOneLine)")
                guard let reason = record.reason else { continue }
                let known = record.known ? "as SECURITY.md says: " : ""
                lines.append("    \(style.yellow("→")) \(known)\(reason.onOneLine)")
            }
        }
        return lines
    }

    private static func mark(_ outcome: Outcome, _ style: Style) -> String {
        switch outcome {
        case .contained: style.green("✓")
        case .notContained: style.red("✗")
        case .skipped: style.yellow("–")
        }
    }

    private static func counts(_ receipt: Receipt, style: Style) -> [String] {
        var table = TextTable(
            [
                ("CLASS", .left), ("ATTACKS", .right), ("CONTAINED", .right), ("NOT", .right),
                ("SKIPPED", .right),
            ],
            style: style,
        )
        func add(_ name: String, _ tally: Counts.Tally) {
            table.add([
                .init(name), .init("\(tally.cases)"), .init("\(tally.contained)"),
                .init("\(tally.notContained)", tally.notContained == 0 ? .none : .red),
                .init("\(tally.skipped)", tally.skipped == 0 ? .none : .yellow),
            ])
        }
        for attackClass in AttackClass.allCases {
            if let tally = receipt.counts.classes[attackClass.rawValue] { add(attackClass.rawValue, tally) }
        }
        add("altogether", receipt.counts.total)
        return [""] + table.lines
    }

    private static func conclusion(_ receipt: Receipt, style: Style) -> [String] {
        let tally = receipt.counts.total
        let paths = receipt.paths.map(\.rawValue).joined(separator: " and ")
        let time = Duration.milliseconds(Int64(receipt.duration * 1_000)).readable
        let known = receipt.cases.filter(\.known).map(\.id)
        let text =
            if tally.contained + tally.notContained == 0 {
                style.yellow("Nothing was proven: no attack could be run.")
            } else if tally.notContained > known.count {
                style.red(
                    "\((tally.notContained - known.count).of("attack")) not contained, \(paths), in \(time)."
                )
            } else if tally.contained == 0 {
                style.yellow("Nothing was proven: no attack was contained.")
            } else {
                style.green(
                    "\(known.isEmpty ? "All " : "")\(tally.contained.of("attack")) contained, \(paths), in \(time)."
                )
            }
        guard !known.isEmpty else { return ["", text] }
        let others = "\(known.count) got through as SECURITY.md says: \(known.joined(separator: ", "))."
        return ["", text, style.yellow(others)]
    }
}
