import LaunchProtocol
import LinuxKernel
import SandboxModel

/// A compiled program in the store: what is in it, and the open file that holds its files' contents.
///
/// The file is opened once and read through that descriptor alone, by the digest's check and by the cell that copies from
/// it.
struct StoredProgram: Sendable {
    /// A regular file of the work directory.
    struct File: Sendable {
        /// Its path, relative to the work directory.
        var path: String
        /// Its permission bits.
        var mode: UInt32
        /// Where its contents begin in the entry.
        var offset: UInt64
        /// How many bytes they are.
        var count: UInt64
    }

    /// Keeps the descriptor open for as long as anybody uses it.
    final class Handle: Sendable {
        let descriptor: Descriptor
        init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
    }

    /// The entry's file.
    let entry: Handle
    /// Directories, each after the one it is in.
    let directories: [CompiledProgram.Directory]
    /// Regular files, ordered by their paths.
    let files: [File]
    /// What the compiler wrote to standard output.
    let stdout: CapturedOutput
    /// What the compiler wrote to standard error.
    let stderr: CapturedOutput

    /// The steps that put it back into the work directory at `path`, owned by `owner`.
    ///
    /// `source` is the place of the entry's descriptor.
    func steps(at path: String, owner: UInt32, source: UInt32) -> [MountStep] {
        directories.map { .directory(path: path + "/" + $0.path, mode: $0.mode, owner: owner) }
            + files.map { file in
                .copy(
                    path: path + "/" + file.path,
                    source: source,
                    offset: file.offset,
                    bytes: file.count,
                    mode: file.mode,
                    owner: owner,
                )
            }
    }
}

extension StageResult {
    /// The record of a compile stage that was passed over because `program` was there.
    init(cached program: StoredProgram, limits: Limits) {
        self.init(
            termination: .exited(code: 0),
            stdout: program.stdout,
            stderr: program.stderr,
            usage: Usage(),
            limits: limits,
            cached: true,
        )
    }
}
