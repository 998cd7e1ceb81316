import Crypto
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// Compiled programs on disk, one file each, named by their addresses.
///
/// An entry is written under another name and renamed, so that it is whole or not there; it begins with a digest of the
/// rest, which is checked whenever it is read. Any number of processes may use the same directory. What fails here fails
/// silently: a program is then compiled once more.
struct CompileStore: Sendable {
    private let entries: PrivateCacheDirectory
    private let incoming: IncomingDirectory
    private let ledger: StoreLedger

    private static let magic = Array("sanderling compiled\n".utf8)
    private static let headerSize = magic.count + SHA256.byteCount

    /// The store in `directory`, of at most `size` bytes; `nil` when the directory cannot be used.
    init?(in directory: PrivateCacheDirectory, size: ByteCount) {
        guard let entries = directory.directory("compiled"), let incoming = directory.directory("incoming")
        else { return nil }
        self.entries = entries
        self.incoming = IncomingDirectory(incoming)
        ledger = StoreLedger(of: entries, in: directory, size: size)
    }

    /// The largest entry that is kept.
    var largestEntry: ByteCount { .bytes(ledger.largestEntry) }

    /// The entry at `key`; one that is damaged is removed.
    func load(_ key: CompileKey) -> CompiledProgram? {
        let number = openat(entries.number, key.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let file = Descriptor(owning: number)
        guard let program = read(file, at: key) else {
            unlinkat(entries.number, key.name, 0)
            return nil
        }
        // Its last use, by which the ledger chooses what goes.
        futimens(number, nil)
        return program
    }

    /// Keeps `program` at `key`, unless it is there already or too large a part of the whole.
    func save(_ program: CompiledProgram, at key: CompileKey) {
        var status = stat()
        guard fstatat(entries.number, key.name, &status, AT_SYMLINK_NOFOLLOW) != 0 else { return }
        var writer = WireWriter()
        writer.write(key.name)
        writer.write(program)
        let header = Self.magic + Array(SHA256.hash(data: writer.bytes))
        guard header.count + writer.bytes.count <= ledger.largestEntry else { return }
        guard let arrival = incoming.write([header, writer.bytes]) else { return }
        ledger.admit(bytes: header.count + writer.bytes.count) {
            arrival.move(to: key.name, in: entries)
        }
    }

    private func read(_ file: borrowing Descriptor, at key: CompileKey) -> CompiledProgram? {
        var status = stat()
        guard fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= ledger.largestEntry,
            let bytes = Self.contents(of: file, count: Int(status.st_size)),
            bytes.count >= Self.headerSize, bytes.starts(with: Self.magic)
        else { return nil }
        let body = Array(bytes[Self.headerSize...])
        guard SHA256.hash(data: body) == bytes[Self.magic.count..<Self.headerSize] else { return nil }
        var reader = WireReader(body)
        guard let name = try? reader.readString(), name == key.name,
            let program = try? CompiledProgram(from: &reader), reader.isAtEnd
        else { return nil }
        return program
    }

    private static func contents(of file: borrowing Descriptor, count: Int) -> [UInt8]? {
        let number = file.number
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let received = Glibc.read(number, buffer.baseAddress.map { $0 + filled }, count - filled)
                if received < 0, errno == EINTR { continue }
                guard received > 0 else {
                    isWhole = false
                    return
                }
                filled += received
            }
        }
        return isWhole ? bytes : nil
    }
}
