public import SandboxModel

/// What is made once, ahead of need, and makes every later compilation faster without changing what comes of it: a
/// precompiled header, a build cache, an archive of a compiler's own classes.
public struct WarmRecipe: Sendable, Hashable {
    /// The headers that each get one of their own, for programs that begin by including it; empty when one serves all.
    public var headers: [String]
    /// Our own source that it is made from; `{header}` stands for the header.
    public var source: String
    /// Further files of ours that belong to it, by their paths in `{warm}`; `{header}` stands for the header in both.
    public var files: [String: String]
    /// Command lines that leave it in the directory `{warm}`, run one after the other.
    public var steps: [[Template]]
    /// Environment of those, over the compile stage's.
    public var environment: [String: Template]
    /// What every command line of the compile stage has after its first word, where it is there.
    public var arguments: [Template]
    /// Environment of the compile stage where it is there.
    public var variables: [String: Template]
}

/// What is made ahead for one program, with everything filled in.
public struct WarmCommands: Sendable, Hashable {
    /// The path, in the compile stage, of what was made.
    public static let directory = "/sanderling/warm"
    /// Where it is made, relative to the work directory.
    public static let workName = "warm"

    /// The language and the header, for people and for telling one from another: `cpp-iostream`.
    public var label: String
    /// Our own source, and the further files.
    public var files: [ProgramFile]
    /// The command lines that make it.
    public var steps: [Command]
    /// What follows the first word of each compile command.
    public var arguments: [String]
    /// What is added to the environment of each compile command.
    public var environment: [String: String]
}
