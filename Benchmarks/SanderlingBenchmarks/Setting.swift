import Foundation
import Glibc
import Sanderling

/// What scripts/bench has prepared, told through the environment.
enum Setting {
    /// The directory of the programs that are run.
    static let programs = value("SANDERLING_BENCH_PROGRAMS")
    /// Whether a rough answer soon is wanted.
    static let isQuick = value("SANDERLING_BENCH_QUICK") == "1"
    /// How many processors there are.
    static let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))

    /// `full`, or a fifth of it for a rough answer.
    static func count(_ full: Int) -> Int { isQuick ? max(1, full / 5) : full }

    /// The path of a program.
    static func path(_ name: String) -> String { programs + "/" + name }

    /// The commands that a program is compared with, by subject; none where its row is not measured.
    ///
    /// A program is named after its row: `2 Python`.
    static func commands(of program: String) -> [String: [String]] { allCommands[program] ?? [:] }

    /// The command that runs a program without isolation.
    static func bare(_ program: String) throws -> [String] {
        guard let command = commands(of: program)["bare"] else {
            throw BenchmarkFailure("no bare command for \(program)")
        }
        return command
    }

    private static let allCommands: [String: [String: [String]]] = {
        let path = value("SANDERLING_BENCH_COMMANDS")
        do {
            return try JSONDecoder().decode(
                [String: [String: [String]]].self,
                from: Data(contentsOf: URL(filePath: path)),
            )
        } catch { fatalError("\(path): \(error)") }
    }()

    private static func value(_ name: String) -> String {
        guard let value = getenv(name) else {
            fatalError("\(name) is not set: run scripts/bench, which prepares what the benchmarks need")
        }
        return String(cString: value)
    }
}

extension Program {
    /// A program that is compiled already: scripts/bench defines a language of its name, which only starts it.
    static func native(_ name: String, _ arguments: [String] = []) -> Self {
        Self(language: "bench-" + name, code: "-", arguments: arguments)
    }
}
