import ArgumentParser
import Glibc
import LinuxKernel
import SandboxModel
import Sanderling

/// What goes in with a program, and what comes out.
struct MaterialOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the program reads; '-' is the command's own input. (default: -)",
            valueName: "file",
        ),
        completion: .file(),
    )
    var stdin: String?

    @Option(
        name: .customLong("file"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "Put a file into the work directory, under its own name or DST.",
            valueName: "src[:dst]",
        ),
        completion: .file(),
        transform: { try FileArgument($0) },
    )
    var files: [FileArgument] = []

    @Option(
        name: .customLong("env"),
        parsing: .singleValue,
        help: ArgumentHelp("Set an environment variable of the program.", valueName: "name=value"),
        transform: { try EnvironmentVariable($0) },
    )
    var environment: [EnvironmentVariable] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Bring out the files that match, such as '*.png'.", valueName: "glob"),
    )
    var collect: [String] = []

    @Option(
        help: ArgumentHelp("Where the collected files go; nothing there is written over.", valueName: "dir"),
        completion: .directory,
    )
    var collectTo: String?

    mutating func validate() throws {
        if collectTo != nil, collect.isEmpty {
            throw ValidationError("--collect-to needs --collect with a pattern, such as --collect '*.png'.")
        }
        for (position, file) in files.enumerated()
        where files[..<position].contains(where: { $0.destination == file.destination }) {
            throw ValidationError("--file: \(file.destination.quoted) is given twice.")
        }
    }

    /// The program with its files, variables and arguments.
    func completed(_ program: Program, arguments: [String]) throws(Mistake) -> Program {
        var program = program
        for file in files {
            let content = try HostFile(path: file.source)
            program.files.append(
                ProgramFile(
                    path: file.destination,
                    contents: content.contents,
                    executable: content.isExecutable,
                )
            )
        }
        for variable in environment { program.environment[variable.name] = variable.value }
        program.collect = collect
        program.arguments = arguments
        return program
    }

    /// What the program reads: the file that was named, or the command's own input unless the source came from there.
    func input(programIsOnInput: Bool) throws(Mistake) -> StandardInput {
        guard let stdin, stdin != "-" else {
            guard programIsOnInput else { return .descriptor(STDIN_FILENO) }
            guard stdin == nil else {
                throw Mistake(
                    "standard input cannot give both the program and what it reads; name a file for one"
                )
            }
            return .empty
        }
        do throws(KernelError) {
            // Stays open for as long as the process: it is read while the program runs.
            return .descriptor(try File.open(stdin, O_RDONLY).release())
        } catch {
            throw Mistake("--stdin \(stdin.quoted) cannot be read: \(SystemFailure.reason(error.number))")
        }
    }
}
