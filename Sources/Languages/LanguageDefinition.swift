public import SandboxModel

/// What Sanderling knows of a language: how to recognise, find, compile and run it.
///
/// Definitions are data: one YAML file a language, read by ``LanguageCatalog``. `docs/languages.md` describes the keys.
public struct LanguageDefinition: Sendable, Hashable {
    /// The name in requests and reports, which is also the file's: `python`.
    public var name: String
    /// The name for people: `Python`.
    public var displayName: String
    /// Other names a request may use.
    public var aliases: [String]
    /// File name extensions, without the dot.
    public var extensions: [String]
    /// Interpreters named by a first line `#!…`, without directory.
    public var shebangs: [String]
    /// What kind of process runs the program, which decides the system-call filter of both stages.
    public var family: Family
    /// Debian packages that bring the implementation, separated by spaces; empty when there are none.
    public var package: String
    /// What to do where ``package`` is empty.
    public var installHint: String?
    /// The files of the implementation, by the name that `{executable:NAME}` uses, in the order they are resolved.
    public var executables: [ExecutableRule]
    /// How the implementation's version is found, or `nil` when it tells none.
    public var version: VersionRule?
    /// The source file's name when the program gives none.
    public var sourceName: String
    /// How the source text decides the source file's name and the main class, when it does.
    public var sourceRule: SourceRule?
    /// Host paths outside `/usr` that the language reads; patterns as in glob(7), those that exist count.
    public var readOnlyPaths: [String]
    /// Environment of both stages.
    public var environment: [String: Template]
    /// The compile stage, or `nil` when there is none.
    public var compile: CompileRecipe?
    /// The run stage.
    public var run: RunRecipe
    /// The module guard that enforces ``/SandboxModel/ModulePolicy``, by name, or `nil` when the language has none.
    public var moduleGuard: String?
    /// A program that proves the language works.
    public var hello: Hello

    /// What kind of process runs a program.
    ///
    /// A family's filter leaves out system calls that its implementations and their libraries have no use for; the sandbox
    /// enforces it in the kernel. `docs/seccomp.md` has what each leaves out.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// The compiled program itself, which may use whatever the profile allows. The default.
        case native
        /// An interpreter of no other family, such as a shell, whose programs are any other's: as ``native``.
        case interpreter
        /// Node.
        case javascript
        /// A Java virtual machine.
        case jvm
        /// Perl.
        case perl
        /// PHP.
        case php
        /// Python.
        case python
        /// Ruby.
        case ruby
        /// A small interpreter whose library has nothing of processes' identities, such as Lua.
        case script
    }

    /// A program with its expected output.
    public struct Hello: Sendable, Hashable {
        /// The source text.
        public var source: String
        /// What it reads; empty when it reads nothing.
        public var stdin: String
        /// What it must print, exactly.
        public var expectedOutput: String
    }
}

extension LanguageDefinition {
    /// Where a program's source goes, relative to the work directory.
    ///
    /// - Parameter program: A program in this language.
    /// - Returns: The name that the program gives it, else the one that its text calls for, else the language's own.
    public func sourcePath(of program: Program) -> String {
        program.sourceName ?? sourceRule?.sourceName(of: program.source) ?? sourceName
    }
}

/// How the compile stage works.
public struct CompileRecipe: Sendable, Hashable {
    /// Command lines, run one after the other; the first that fails ends the stage.
    public var steps: [[Template]]
    /// Environment of this stage alone.
    public var environment: [String: Template]
    /// Files put into the work directory beside the program's own.
    public var files: [ProgramFile]
    /// Ceilings of this stage.
    public var limits: Limits
    /// What can be made ahead so that this stage is faster, or `nil` when there is nothing.
    public var warm: WarmRecipe?

    /// Whether a step has a place for ``/SandboxModel/Program/compilerOptions``.
    public var takesOptions: Bool { steps.joined().contains { $0.placeholders.contains(.options) } }

    /// Whether a step has a place for a program's further files in its language.
    package var takesFurtherSources: Bool {
        steps.joined().contains { [.sources, .otherSources].contains($0.list) }
    }
}

/// How the run stage works.
public struct RunRecipe: Sendable, Hashable {
    /// The command line; the program's arguments follow it.
    public var command: [Template]
    /// Environment of this stage alone.
    public var environment: [String: Template]
    /// What stands between the command line and the program's arguments, when there are any.
    public var argumentsSeparator: String?
    /// A directory that must be writable for the implementation to start, or `nil` when nothing need be.
    public var privateDirectory: String?
    /// How the implementation can be started before its program is known, or `nil` when it cannot or it does not pay.
    public var warmth: Warmth?

    /// A way of starting ahead.
    public enum Warmth: String, Sendable, Hashable, CaseIterable {
        /// One interpreter starts up to the point where it looks at its program, and forks a copy for each.
        ///
        /// It must have a single thread by then, and find its program by a path.
        case fork
    }
}

extension LanguageDefinition {
    /// The name that the file at `path` has inside, or `nil` for the language's own.
    ///
    /// A file keeps its name where the language knows the extension: a compiler takes other names for other things.
    package func sourceName(ofFile path: String) -> String? {
        guard let name = path.pathNames().last, !name.hasPrefix("-"),
            let dot = name.lastIndex(of: "."), dot > name.startIndex,
            extensions.contains(String(name[name.index(after: dot)...]))
        else { return nil }
        return name
    }
}
