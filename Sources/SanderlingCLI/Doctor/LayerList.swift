import RunClient
import SandboxModel
import Sanderling

/// What a host can enforce, for people: a line for each layer, with its mend below it.
struct LayerList {
    let lines: [String]

    init(_ reports: [LayerReport], of isolation: IsolationKind = .namespaces, style: Style) {
        let width = reports.map { $0.layer.rawValue.displayWidth }.max() ?? 0
        var lines: [String] = []
        for report in reports {
            let isAbsent = isolation.absentLayers.contains(report.layer)
            let mark =
                report.isEnforced ? style.green("✓") : isAbsent ? style.yellow("–") : style.red("✗")
            let name = report.layer.rawValue.padded(to: width)
            lines.append("\(mark) \(style.bold(name))  \(report.detail.onOneLine)")
            if let mend = report.mend {
                let indent = String(repeating: " ", count: width + 4)
                lines.append("\(indent)\(style.yellow("→")) \(mend.onOneLine)")
            }
        }
        let enforced = reports.count { $0.isEnforced }
        let possible = reports.count { !isolation.absentLayers.contains($0.layer) }
        let conclusion =
            enforced == possible
            ? style.green("All \(possible.of("layer")) enforced")
                + (possible < reports.count ? " that \(isolation.rawValue) isolation has." : style.green("."))
            : style.red("\(enforced) of \(reports.count.of("layer")) enforced.")
                + " Programs that need the others are refused."
        self.lines = lines + ["", conclusion]
    }
}
