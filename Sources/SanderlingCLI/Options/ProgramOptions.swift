import ArgumentParser
import SandboxModel

/// The program: where its source is, and in which language.
struct ProgramOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The program's source file, or '-' to read it from standard input."),
        completion: .file(),
    )
    var file: String?

    @Option(
        name: [.customShort("c"), .long],
        parsing: .unconditional,
        help: ArgumentHelp("The program's source itself; needs --language.", valueName: "code"),
    )
    var code: String?

    @Option(
        name: [.short, .long],
        help: """
            The program's language, by its name or an alias; see 'sanderling languages'. \
            (default: what FILE's extension or its first line #! says)
            """,
    )
    var language: String?

    mutating func validate() throws {
        switch (file, code) {
        case (nil, nil):
            throw ValidationError("Give a source file, '-' for standard input, or -c with the code itself.")
        case (nil, .some) where language == nil:
            throw ValidationError("-c needs --language, such as --language python.")
        case ("-"?, nil) where language == nil:
            throw ValidationError("'-' needs --language, such as --language python.")
        default: break
        }
    }

    /// Where the source comes from.
    ///
    /// What looks like a file beside -c may be the value of an option that does not exist. The parser tells of that only
    /// after `validate()`, so that is too early to take it for a file.
    var source: ProgramSource {
        get throws(Mistake) {
            switch (code, file) {
            case (let code?, nil): return .code(code)
            case (nil, "-"?): return .standardInput
            case (nil, let file): return .file(file ?? "")
            case (.some, let file?):
                throw Mistake(
                    "give either a file or -c, not both; arguments for the program come after '--' (-- \(file))"
                )
            }
        }
    }
}
