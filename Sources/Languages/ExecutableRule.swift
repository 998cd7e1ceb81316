/// How one file of a language's implementation is found on the host.
public struct ExecutableRule: Sendable, Hashable {
    /// The name that `{executable:NAME}` uses.
    public var name: String
    /// Absolute paths (patterns as in glob(7)) and bare names, in the order they are tried.
    ///
    /// Bare names are looked for in `/usr/bin`, `/bin` and `/usr/local/bin`. `{directory:NAME}` is the directory of a
    /// file resolved before.
    public var candidates: [Template]
    /// Whether the bare names are looked for on the caller's `PATH` too, after everything else.
    public var searchesPath: Bool
    /// The installation's root, relative to the file's directory, for files outside `/usr`.
    ///
    /// It becomes readable inside the sandbox. Without it only the file itself does.
    public var prefix: String?
    /// What the file must be.
    public var kind: Kind
    /// Whether the file is used under the name it was found by, rather than the one its links lead to.
    public var keepsLinks: Bool
    /// How a shim is followed to the real program; without it, shims are passed over.
    public var shim: Shim?

    /// What a file must be to be taken.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A binary that may be executed.
        case program
        /// As ``program``, or a script.
        case script
        /// Any readable file.
        case file
    }

    /// How a version manager's stand-in is asked for the real program.
    ///
    /// A candidate that is a script, or whose links lead to a file with one of ``names``, is such a stand-in. It is run
    /// once, on the host, as the trusted tool it is.
    public struct Shim: Sendable, Hashable {
        /// File names of binaries that are shims.
        public var names: [String]
        /// Arguments that make it print where the real program is.
        public var arguments: [String]
        /// What to take from the output, as a pattern with one group; the whole first line without it.
        public var pattern: String?
        /// The real program's path, where `{output}` is what the shim printed.
        public var path: String
    }
}

/// How an implementation's version is found.
public struct VersionRule: Sendable, Hashable {
    /// Where the version stands.
    public var source: Source
    /// A pattern with one group, which is the version.
    public var pattern: String

    /// Where a version can stand.
    public enum Source: Sendable, Hashable {
        /// In what a command prints.
        case command([Template])
        /// In a file of the host, which is quicker to read than most tools are to start.
        case file(Template)
        /// In the path that an executable's links lead to.
        case path(executable: String)
    }
}
