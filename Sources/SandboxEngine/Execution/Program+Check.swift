package import Languages
package import SandboxModel

extension Program {
    /// Refuses what no sandbox runs, whatever its host has: a path that leads out, two files in one place, a NUL byte in an
    /// argument, options for a language that takes none.
    ///
    /// - Parameter definition: The program's language.
    /// - Throws: ``/SandboxModel/SandboxError`` of code `invalidRequest`, which names the mistake.
    package func check(in definition: LanguageDefinition) throws(SandboxError) {
        try checkTexts()
        let problems =
            (files.map(\.path) + [sourceName].compactMap(\.self)).compactMap(ProgramPathProblem.problem(of:))
            + collect.compactMap(ProgramPathProblem.problem(ofPattern:))
        if let problem = problems.first { throw problem }
        guard compilerOptions.isEmpty || definition.compile?.takesOptions == true else {
            throw SandboxError(
                .invalidRequest,
                "the language '\(definition.name)' takes no compiler options",
                mend: "leave them out",
            )
        }
        let collisions = ProgramPathProblem.problems(
            of: files.map(\.path),
            beside: definition.sourcePath(of: self),
            and: definition.compile?.files.map(\.path) ?? [],
        )
        if let collision = collisions.first { throw collision.error }
    }

    private func checkTexts() throws(SandboxError) {
        for text in arguments + compilerOptions + Array(environment.keys) + Array(environment.values)
        where text.utf8.contains(0) {
            throw SandboxError(
                .invalidRequest,
                "an argument, a compiler option or an environment variable holds a NUL byte",
            )
        }
        for name in environment.keys where name.isEmpty || name.utf8.contains(UInt8(ascii: "=")) {
            throw SandboxError(.invalidRequest, "'\(name)' is no name for an environment variable")
        }
    }
}
