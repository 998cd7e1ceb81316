import RunClient
import SandboxModel
import Sanderling

/// Which OCI runtimes a host has, for people: a line for each, with its mend below it where it is there and cannot be used.
struct RuntimeList {
    let lines: [String]

    init(_ reports: [RuntimeReport], style: Style) {
        let width = reports.map { $0.runtime.rawValue.displayWidth }.max() ?? 0
        var lines: [String] = []
        for report in reports {
            let mark =
                report.isUsable ? style.green("✓") : report.path == nil ? style.yellow("–") : style.red("✗")
            let name = style.bold(report.runtime.rawValue.padded(to: width))
            let detail = report.problem ?? "\(report.path ?? "") runs programs"
            lines.append("\(mark) \(name)  \(detail.onOneLine)")
            if let mend = report.mend {
                lines.append(
                    "\(String(repeating: " ", count: width + 4))\(style.yellow("→")) \(mend.onOneLine)"
                )
            }
        }
        self.lines = lines
    }
}
