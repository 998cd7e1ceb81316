public import SandboxModel

/// One command line of a stage, as it is executed inside the sandbox.
public struct Command: Sendable, Hashable {
    /// The absolute path of the file to execute.
    public var executable: String
    /// The argument vector, its first element included.
    public var arguments: [String]
    /// The whole environment.
    public var environment: [String: String]

    /// A command line.
    public init(executable: String, arguments: [String], environment: [String: String]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }
}

/// What a program becomes: where its source goes, and the command lines of both stages.
public struct StageCommands: Sendable, Hashable {
    /// The source file's path, relative to the work directory.
    public var sourcePath: String
    /// Files that the language puts beside the program's own.
    public var files: [ProgramFile]
    /// The compile stage's steps, in order; empty when there is no such stage.
    public var compile: [Command]
    /// The run stage.
    public var run: Command
    /// What can be made ahead for the compile stage.
    public var warm: WarmCommands?
}
