/// What to run: a source in some language, with its files and arguments.
public struct Program: Sendable, Hashable {
    /// The language's name: `python`.
    public var language: String
    /// The source text, as bytes.
    public var source: [UInt8]
    /// The source file's name inside the sandbox; `nil` takes the language's own (`main.py`).
    public var sourceName: String?
    /// Further files, put in the work directory before the program starts.
    public var files: [ProgramFile]
    /// Arguments given to the program.
    public var arguments: [String]
    /// Options given to the compiler, where the language's definition has a place for them.
    ///
    /// They say how the program is compiled, inside the sandbox; they reach nothing that its source could not.
    public var compilerOptions: [String]
    /// Whether what the program writes to standard error goes to its standard output, in the order it is written.
    public var joinsOutputs: Bool
    /// Environment variables added to the language's own.
    public var environment: [String: String]
    /// Patterns (as in glob(7), relative to the work directory) of files to bring out afterwards.
    public var collect: [String]

    /// A program in `language`.
    public init(
        language: String,
        source: [UInt8],
        sourceName: String? = nil,
        files: [ProgramFile] = [],
        arguments: [String] = [],
        compilerOptions: [String] = [],
        joinsOutputs: Bool = false,
        environment: [String: String] = [:],
        collect: [String] = [],
    ) {
        self.language = language
        self.source = source
        self.sourceName = sourceName
        self.files = files
        self.arguments = arguments
        self.compilerOptions = compilerOptions
        self.joinsOutputs = joinsOutputs
        self.environment = environment
        self.collect = collect
    }

    /// A program in `language` from its source text.
    public init(language: String, code: String, arguments: [String] = []) {
        self.init(language: language, source: Array(code.utf8), arguments: arguments)
    }

    /// A Python program.
    public static func python(_ code: String) -> Self { Self(language: "python", code: code) }

    /// A JavaScript program.
    public static func javascript(_ code: String) -> Self { Self(language: "javascript", code: code) }

    /// A Bash script.
    public static func bash(_ code: String) -> Self { Self(language: "bash", code: code) }

    /// A C program.
    public static func c(_ code: String) -> Self { Self(language: "c", code: code) }
}

/// A file that goes in with a program.
public struct ProgramFile: Sendable, Hashable {
    /// Its path, relative to the work directory; no `..`, not absolute.
    public var path: String
    /// Its contents.
    public var contents: [UInt8]
    /// Whether it may be executed.
    public var executable: Bool

    /// A file at `path`, relative to the work directory.
    public init(path: String, contents: [UInt8], executable: Bool = false) {
        self.path = path
        self.contents = contents
        self.executable = executable
    }
}
