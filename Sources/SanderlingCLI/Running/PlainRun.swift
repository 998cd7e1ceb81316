import Glibc
import Languages
import SandboxModel
import Sanderling

/// `sanderling run FILE`, with nothing but arguments for the program behind it: the form that needs no parser.
///
/// Getting ArgumentParser ready takes as long as starting many a program. What this form means is what the parser makes of
/// it; a test holds the two against each other.
struct PlainRun {
    let file: String
    /// The program's arguments.
    let arguments: [String]

    /// The run that a command line, from its first word on, asks for; `nil` for one of another form.
    init?(_ commandLine: [String]) {
        guard commandLine.count > 2, commandLine[1] == "run" else { return nil }
        file = commandLine[2]
        arguments = Array(commandLine.dropFirst(4))
        guard !file.isEmpty, !file.hasPrefix("-"), commandLine.count == 3 || commandLine[3] == "--" else {
            return nil
        }
    }

    /// Carries the run out.
    func run() async throws {
        try await conclude {
            LoggingOptions.bootstrap()
            // Read before signals are caught: a pipe may keep whoever reads it waiting.
            let source = try ProgramSource.file(file).bytes()
            return try await Interruption.cancelling {
                // The launcher starts while the language is found.
                async let sandbox = Sandbox()
                let run = try prepared(source)
                return try await withSandbox(try await sandbox) { try await run.streaming(in: $0) }
            }
        }
    }

    /// The run of a file that holds `source`.
    func prepared(_ source: [UInt8]) throws -> ProgramRun {
        var program = try ProgramRequest(.file(file), holding: source, in: LanguageCatalog()).program
        program.arguments = arguments
        return ProgramRun(
            program: program,
            input: .descriptor(STDIN_FILENO),
            policy: Policy(),
            limits: Limits(),
            compileLimits: nil,
            collectTo: nil,
        )
    }
}
