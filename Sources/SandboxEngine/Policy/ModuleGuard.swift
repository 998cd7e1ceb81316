import FoundationEssentials
import Languages
import SandboxModel

/// The module guard of a language: what it is told, how it is started, and what its report says.
///
/// It works in the program's own process; everything it says is attested by the program.
struct ModuleGuard {
    /// The guard's name, which is also its directory's.
    private let name: String
    private let lists: ModulePolicy

    /// The guard of `language` for `lists`; `nil` when nothing is restricted or the language has none.
    init?(_ language: LanguageDefinition, _ lists: ModulePolicy) {
        guard lists.isRestricting, let name = language.moduleGuard else { return nil }
        self.name = name
        self.lists = lists
    }

    /// What goes into the cell for it.
    var files: ExecutionPlan.Guard {
        get throws {
            let policy = Policy(
                denied: lists.denied,
                allowed: lists.allowed,
                programDirectory: CellLayout.work,
                reportDescriptor: CellLayout.guardReport,
            )
            let encoder = JSONEncoder()
            // The Python guard reads the text as an expression, in which "\/" is not a slash.
            encoder.outputFormatting = .withoutEscapingSlashes
            return ExecutionPlan.Guard(
                directory: LanguageCatalog.guardDirectory,
                policy: Array(try encoder.encode(policy)),
            )
        }
    }

    private struct Policy: Encodable {
        let denied: [String]
        let allowed: [String]?
        let programDirectory: String
        let reportDescriptor: Int

        enum CodingKeys: String, CodingKey {
            case denied, allowed
            case programDirectory = "program_directory"
            case reportDescriptor = "report_fd"
        }
    }

    /// The run command, started through the guard.
    func guarding(_ command: ExecutionPlan.Command, source: String) -> ExecutionPlan.Command {
        var command = command
        let place = command.arguments.firstIndex(of: source) ?? command.arguments.count
        let inserted =
            switch name {
            case "python": [startPath]
            default: ["--expose-internals", "--require", startPath]
            }
        command.arguments.insert(contentsOf: inserted, at: place)
        return command
    }

    /// The guard's file that the interpreter runs first.
    var startPath: String {
        let directory = CellLayout.guardDirectory + "/" + name
        return directory + (name == "python" ? "/importlib_bootstrap.py" : "/module-guard.cjs")
    }

    /// What a report says.
    struct Report: Equatable {
        /// Each refused module, with how often it was refused.
        var violations: [Violation] = []
        /// The module whose refusal ended the program, if one did.
        var fatalModule: String?
    }

    /// Reads a guard's report: one JSON object a line, anything else passed over, as the program may have written it.
    static func read(_ report: [UInt8]) -> Report {
        struct Line: Decodable {
            let module: String
            let handled: Bool
        }
        var read = Report()
        for bytes in report.split(separator: UInt8(ascii: "\n")) {
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(bytes)),
                (1...256).contains(line.module.utf8.count)
            else { continue }
            guard line.handled else {
                // The last line speaks of a refusal that was counted when it happened.
                read.fatalModule = line.module
                if !read.violations.contains(where: { $0.name == line.module }) {
                    read.violations.append(Violation(kind: .module, name: line.module, attestedBy: .program))
                }
                continue
            }
            if let index = read.violations.firstIndex(where: { $0.name == line.module }) {
                read.violations[index].count += 1
            } else {
                read.violations.append(Violation(kind: .module, name: line.module, attestedBy: .program))
            }
        }
        return read
    }
}
