import ArgumentParser
import Glibc
import RunClient
import SandboxModel

/// The `sanderling` command.
@main
struct SanderlingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sanderling",
        abstract: "Run code nobody vouches for, on this machine, and say exactly what happened.",
        discussion: """
            Every program runs in a sandbox of its own: no network, no files of yours, and limits on time, \
            memory, processes, output and disk. What the host cannot enforce is refused, not skipped.

            Try it:
              sanderling run -c 'print(10 + 20)' --language python
              sanderling run hello.c --time 5s --memory 100MB
              sanderling batch examples/quickstart/config.yaml
              sanderling doctor

            Exit codes of 'sanderling run' are listed by 'sanderling run --help'. Shell completions: \
            'sanderling --generate-completion-script bash' (or zsh, fish).
            """,
        version: SanderlingVersion.current,
        subcommands: [
            RunCommand.self, BatchCommand.self, WarmCommand.self, LanguagesCommand.self, AuditCommand.self,
            DoctorCommand.self, ProveCommand.self,
            ReportCommand.self,
            ServeCommand.self, KeyCommand.self, AuditLogCommand.self, ConfigCommand.self,
        ],
    )

    static func main() async {
        StandardDescriptors.occupy()
        OwnArguments.require()
        do {
            try ThreadRoom.require()
            if let run { return try await run.run() }
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as SandboxError {
            ErrorLines(error).tell()
            Glibc.exit(ExitStatus.code(for: error))
        } catch let code as ExitCode {
            // It has told why, and asking the parser for more words takes milliseconds.
            Glibc.exit(code.rawValue)
        } catch {
            // A command that ran has told why it failed, and throws only its exit code.
            let message = fullMessage(for: error)
            guard exitCode(for: error) == .validationFailure, !message.isEmpty else { exit(withError: error) }
            StandardStream.error.tell(UsageText(message).text)
            exit(withError: ExitCode.validationFailure)
        }
    }

    /// `sanderling run` with arguments that are in order.
    ///
    /// Parsing them without the other commands takes half as long. Whatever is wrong with them, or asks for help, is left to
    /// the parser of all commands, so that it is told in one way.
    private static var run: RunCommand? {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.first == RunCommand.configuration.commandName else { return nil }
        return (try? RunCommand.parseAsRoot(Array(arguments.dropFirst()))) as? RunCommand
    }
}
