import SandboxModel

/// What a successful compile stage left: its work directory, and what the compiler said.
struct CompiledProgram: Hashable, Sendable {
    /// A directory of the work directory.
    struct Directory: Hashable, Sendable {
        /// Its path, relative to the work directory.
        var path: String
        /// Its permission bits.
        var mode: UInt32
    }

    /// A regular file of the work directory.
    struct File: Hashable, Sendable {
        /// Its path, relative to the work directory.
        var path: String
        /// Its permission bits.
        var mode: UInt32
        /// Its contents.
        var contents: [UInt8]
    }

    /// Directories, each after the one it is in.
    var directories: [Directory] = []
    /// Regular files, ordered by their paths.
    var files: [File] = []
    /// What the compiler wrote to standard output.
    var stdout = CapturedOutput()
    /// What the compiler wrote to standard error.
    var stderr = CapturedOutput()
}
