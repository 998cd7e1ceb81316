import Crypto
import FoundationEssentials
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// The form of an entry: a digest of the rest, an index, and then the contents of all files, one after the other.
enum EntryFormat {
    private static let magic = Array("sanderling compiled\n".utf8)
    private static let headerSize = magic.count + SHA256.byteCount

    /// The parts of the entry of `program` at `key`, in their order.
    static func parts(_ program: CompiledProgram, at key: CompileKey) -> [[UInt8]] {
        var index = WireWriter()
        index.write(key.name)
        index.write(UInt32(program.directories.count))
        for directory in program.directories {
            index.write(directory.path)
            index.write(directory.mode)
        }
        index.write(UInt32(program.files.count))
        for file in program.files {
            index.write(file.path)
            index.write(file.mode)
            index.write(UInt64(file.contents.count))
        }
        for stream in [program.stdout, program.stderr] {
            index.write(stream.bytes)
            index.write(stream.truncated)
            index.write(Int64(stream.total))
        }
        var sized = WireWriter()
        sized.write(index.bytes)
        let rest = [sized.bytes] + program.files.map(\.contents)
        var digest = SHA256()
        for part in rest { digest.update(data: part) }
        return [magic + Array(digest.finalize())] + rest
    }

    /// The program in `bytes`, which is all of `file`; `nil` for anything but the whole of an entry at `key`.
    static func program(_ bytes: [UInt8], of file: StoredProgram.Handle, at key: CompileKey) -> StoredProgram?
    {
        let start = headerSize + MemoryLayout<UInt32>.size
        guard bytes.count >= start, bytes.starts(with: magic),
            SHA256.hash(data: bytes[headerSize...]) == bytes[magic.count..<headerSize]
        else { return nil }
        var size = WireReader(Array(bytes[headerSize..<start]))
        guard let count = try? size.read(UInt32.self), bytes.count - start >= Int(count) else { return nil }
        var index = WireReader(Array(bytes[start..<start + Int(count)]))
        return try? program(&index, contentsAt: start + Int(count), end: bytes.count, of: file, at: key)
    }

    private static func program(
        _ index: inout WireReader,
        contentsAt start: Int,
        end: Int,
        of file: StoredProgram.Handle,
        at key: CompileKey,
    ) throws(MalformedMessage) -> StoredProgram {
        guard try index.readString() == key.name else { throw MalformedMessage() }
        var directories: [CompiledProgram.Directory] = []
        for _ in 0..<(try index.read(UInt32.self)) {
            let path = try index.readString()
            directories.append(.init(path: path, mode: try index.read(UInt32.self)))
        }
        var files: [StoredProgram.File] = []
        var offset = UInt64(start)
        for _ in 0..<(try index.read(UInt32.self)) {
            let path = try index.readString()
            let mode = try index.read(UInt32.self)
            let count = try index.read(UInt64.self)
            guard count <= UInt64(end) - offset else { throw MalformedMessage() }
            files.append(.init(path: path, mode: mode, offset: offset, count: count))
            offset += count
        }
        let stdout = try stream(&index)
        let stderr = try stream(&index)
        guard index.isAtEnd, offset == UInt64(end) else { throw MalformedMessage() }
        return StoredProgram(
            entry: file,
            directories: directories,
            files: files,
            stdout: stdout,
            stderr: stderr,
        )
    }

    private static func stream(_ index: inout WireReader) throws(MalformedMessage) -> CapturedOutput {
        let bytes = try index.readBytes()
        let truncated = try index.readBool()
        return CapturedOutput(bytes: bytes, truncated: truncated, total: Int(try index.read(Int64.self)))
    }
}
