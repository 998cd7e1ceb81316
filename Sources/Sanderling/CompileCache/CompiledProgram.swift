import LaunchProtocol
import SandboxModel

/// What a successful compile stage left: its work directory, and what the compiler said.
struct CompiledProgram: WireCodable, Hashable {
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

    /// Appends the program.
    func write(to writer: inout WireWriter) {
        writer.write(UInt32(directories.count))
        for directory in directories {
            writer.write(directory.path)
            writer.write(directory.mode)
        }
        writer.write(UInt32(files.count))
        for file in files {
            writer.write(file.path)
            writer.write(file.mode)
            writer.write(file.contents)
        }
        for stream in [stdout, stderr] {
            writer.write(stream.bytes)
            writer.write(stream.truncated)
            writer.write(Int64(stream.total))
        }
    }

    /// The steps that put it back into the work directory at `path`, owned by `owner`.
    func steps(at path: String, owner: UInt32) -> [MountStep] {
        directories.map { .directory(path: path + "/" + $0.path, mode: $0.mode, owner: owner) }
            + files.map {
                .file(path: path + "/" + $0.path, contents: $0.contents, mode: $0.mode, owner: owner)
            }
    }

    /// A program that left nothing and said nothing.
    init() {}

    /// Reads a program.
    init(from reader: inout WireReader) throws(MalformedMessage) {
        for _ in 0..<(try reader.read(UInt32.self)) {
            let path = try reader.readString()
            directories.append(Directory(path: path, mode: try reader.read(UInt32.self)))
        }
        for _ in 0..<(try reader.read(UInt32.self)) {
            let path = try reader.readString()
            let mode = try reader.read(UInt32.self)
            files.append(File(path: path, mode: mode, contents: try reader.readBytes()))
        }
        stdout = try Self.readStream(from: &reader)
        stderr = try Self.readStream(from: &reader)
    }

    private static func readStream(from reader: inout WireReader) throws(MalformedMessage) -> CapturedOutput {
        let bytes = try reader.readBytes()
        let truncated = try reader.readBool()
        return CapturedOutput(bytes: bytes, truncated: truncated, total: Int(try reader.read(Int64.self)))
    }
}

extension StageResult {
    /// The record of a compile stage that was passed over because `program` was there.
    init(cached program: CompiledProgram, limits: Limits) {
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
