import Foundation
import Languages
import Places
public import SandboxModel

/// A look at a program before it runs: bandit, an analyser of Python code, itself run inside the sandbox.
///
/// Findings are hints for a person. Nothing is permitted or refused because of them.
public enum ProgramAudit {
    /// Where bandit is looked for: a directory that `pip install --target` made.
    ///
    /// `SANDERLING_AUDIT_TOOLS` names one; else `PREFIX/lib/sanderling/audit` of an installed command, else
    /// `sanderling/audit` in `XDG_DATA_HOME` or `~/.local/share`.
    static var directories: [String] {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["SANDERLING_AUDIT_TOOLS"] { return [named] }
        let data = environment["XDG_DATA_HOME"] ?? environment["HOME"].map { $0 + "/.local/share" }
        return [
            Installation.prefix.map { $0 + "/lib/sanderling/audit" },
            data.map { $0 + "/sanderling/audit" },
        ]
        .compactMap(\.self)
    }

    /// Whether programs in `language`, by its name or an alias, are looked at.
    static func reads(_ language: String, in catalog: LanguageCatalog) -> Bool {
        (try? catalog.definition(named: language))?.name == "python"
    }

    /// The directory that holds bandit.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` with `languageNotInstalled` when there is none.
    static func tools() throws(SandboxError) -> String {
        let places = directories
        if let tools = places.first(where: { FileManager.default.fileExists(atPath: $0 + "/bandit") }) {
            return tools
        }
        throw SandboxError(
            .languageNotInstalled,
            "bandit, which audits programs, is not in \(places.joined(separator: " or "))",
            mend: "pip install --target \(places.last ?? "DIR") bandit",
        )
    }

    /// What bandit finds in `program`; nothing for languages other than Python.
    ///
    /// - Parameters:
    ///   - program: What to look at; it is read, never run.
    ///   - sandbox: Where the analyser runs.
    /// - Returns: Its findings, in the order of the source.
    /// - Throws: ``/SandboxModel/SandboxError`` with `languageNotInstalled` when bandit is not there.
    public static func findings(in program: Program, sandbox: Sandbox) async throws -> [AuditFinding] {
        guard reads(program.language, in: sandbox.configuration.languages) else { return [] }
        let tools = try tools()
        let analyser = Program(
            language: "python",
            source: Array(driver.utf8),
            sourceName: "audit.py",
            files: [ProgramFile(path: "audited/program.py", contents: program.source)],
        )
        let result = try await sandbox.execute(
            analyser,
            policy: Policy(mounts: [Mount(source: tools, destination: "/audit")]),
            limits: Limits(
                wallTime: .seconds(60),
                cpuTime: .seconds(60),
                memory: .megabytes(512),
                output: .megabytes(16),
            ),
        )
        guard result.verdict == .ok,
            let report = try? JSONDecoder().decode(Report.self, from: Data(result.stdout.bytes))
        else {
            throw SandboxError(
                .internal,
                "bandit gave no report: \(result.errorMessage ?? "") \(result.stderr.text?.suffix(300) ?? "")",
            )
        }
        let path = program.sourceName ?? "main.py"
        let unread = report.errors.map { failure in
            AuditFinding(
                tool: "bandit",
                rule: "unreadable",
                name: "unreadable",
                severity: .low,
                confidence: .high,
                message: "the analyser could not read the program: \(failure.reason)",
                path: path,
                line: 1,
            )
        }
        return report.results.map { $0.finding(path: path) } + unread
    }

    /// Runs bandit's own command with a report on standard output; exit code 1 only says that there are findings.
    private static let driver = """
        import sys
        sys.path.insert(0, "/audit")
        sys.argv = ["bandit", "--quiet", "--exit-zero", "--format", "json", "audited/program.py"]
        from bandit.cli.main import main
        main()
        """

    /// Bandit's JSON, as far as it is used.
    private struct Report: Decodable {
        struct Issue: Decodable {
            struct Weakness: Decodable { let id: Int? }

            let testID: String
            let testName: String
            let text: String
            let severity: String
            let confidence: String
            let line: Int
            let lines: [Int]?
            let column: Int?
            let weakness: Weakness?
            let address: String?

            enum CodingKeys: String, CodingKey {
                case testID = "test_id"
                case testName = "test_name"
                case text = "issue_text"
                case severity = "issue_severity"
                case confidence = "issue_confidence"
                case line = "line_number"
                case lines = "line_range"
                case column = "col_offset"
                case weakness = "issue_cwe"
                case address = "more_info"
            }

            func finding(path: String) -> AuditFinding {
                AuditFinding(
                    tool: "bandit",
                    rule: testID,
                    name: testName,
                    severity: AuditFinding.Level(rawValue: severity.lowercased()) ?? .low,
                    confidence: AuditFinding.Level(rawValue: confidence.lowercased()) ?? .low,
                    message: text,
                    path: path,
                    line: line,
                    endLine: lines?.max(),
                    // Bandit counts columns from 0.
                    column: column.map { $0 + 1 },
                    weakness: weakness?.id,
                    help: address,
                )
            }
        }

        struct Failure: Decodable { let reason: String }

        let results: [Issue]
        let errors: [Failure]
    }
}
