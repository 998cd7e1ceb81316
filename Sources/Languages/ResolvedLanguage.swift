public import SandboxModel

/// A language whose implementation was found on this host.
public struct ResolvedLanguage: Sendable, Hashable {
    /// The directory inside the sandbox that holds the source and the program's files.
    public static let workDirectory = "/work"

    /// The language's definition.
    public let definition: LanguageDefinition
    /// The implementation's files by the names that the definition gives them; absolute paths.
    public let executables: [String: String]
    /// Host paths outside `/usr`, or in `/usr/local`, that the language reads: each must be readable in both stages.
    public let readOnlyPaths: [String]

    /// The files of `definition`'s implementation on this host.
    ///
    /// - Parameters:
    ///   - definition: The language to look for.
    ///   - environment: Where `PATH` and `HOME` are taken from; this process's own by default.
    /// - Throws: ``/SandboxModel/SandboxError`` with `languageNotInstalled`.
    public init(
        _ definition: LanguageDefinition,
        environment: [String: String]? = nil,
    ) throws(SandboxError) {
        let search = ExecutableSearch(definition, environment: environment)
        self.definition = definition
        (executables, readOnlyPaths) = try search.resolve()
    }

    /// The implementation's version, or `nil` when it tells none.
    ///
    /// Asking may start a tool of the host, for five seconds at most; the answer is kept in memory for as long as the
    /// tool's file stays the same.
    public func version() async -> String? { await VersionCache.shared.version(of: self) }

    /// What ``version()`` depends on, in words: how it is asked for, and which file on this host answers.
    ///
    /// `nil` where there is nothing to ask.
    package var versionQuestion: String? { definition.version.flatMap(VersionLines(language: self).question) }

    /// The command lines that compile and run `program`.
    ///
    /// - Parameters:
    ///   - program: A program in this language.
    ///   - memory: The run stage's memory limit.
    ///   - processes: The run stage's limit of processes and threads.
    /// - Returns: Both stages, filled in.
    public func commands(for program: Program, memory: ByteCount, processes: Int) -> StageCommands {
        CommandLines(language: self, program: program, memory: memory, processes: processes).stages
    }
}
