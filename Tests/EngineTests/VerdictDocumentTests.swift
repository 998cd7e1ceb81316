import Foundation
import SandboxModel
import Testing

/// docs/verdicts.md says of every verdict what the code does.
@Suite struct VerdictDocumentTests {
    private struct Row {
        let evidence: [String]
        let status: String
        let timedOut: String
        let exit: String
    }

    private static func table() throws -> [String: Row] {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../docs/verdicts.md"
        )
        var rows: [String: Row] = [:]
        for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
        where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { cell in
                cell.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
            }
            guard cells.count == 8 else { continue }
            #expect(rows[cells[0]] == nil, "two rows for \(cells[0])")
            rows[cells[0]] = Row(
                evidence: [cells[2], cells[3]],
                status: cells[5],
                timedOut: cells[6],
                exit: cells[7],
            )
        }
        return rows
    }

    @Test func `the table has a row for every verdict and for nothing else`() throws {
        #expect(try Set(Self.table().keys) == Set(Verdict.allCases.map(\.rawValue)))
    }

    @Test(arguments: Verdict.allCases)
    func `a verdict's row gives its status and exit code`(verdict: Verdict) throws {
        let row = try #require(try Self.table()[verdict.rawValue])
        #expect(row.status == verdict.status.rawValue)
        #expect(row.timedOut == (verdict.timedOut ? "yes" : "no"))
        let ownCode =
            switch verdict {
            case .ok: "0"
            case .nonzeroExit: "the program's"
            case .signaled: "128 + signal"
            case .compileFailed: "the compiler's"
            default: ""
            }
        #expect(row.exit == verdict.commandExitCode.map(String.init) ?? ownCode)
        #expect(row.evidence.allSatisfy { !$0.isEmpty })
        #expect(row.evidence.allSatisfy { $0 == "none" } == (verdict == .ok))
    }
}
