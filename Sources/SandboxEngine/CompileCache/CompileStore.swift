import Glibc
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
    func load(_ key: CompileKey) -> StoredProgram? {
        let number = openat(entries.number, key.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let file = StoredProgram.Handle(Descriptor(owning: number))
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
        let parts = EntryFormat.parts(program, at: key)
        let count = parts.reduce(0) { $0 + $1.count }
        guard count <= ledger.largestEntry, let arrival = incoming.write(parts) else { return }
        ledger.admit(bytes: count) { arrival.move(to: key.name, in: entries) }
    }

    private func read(_ file: StoredProgram.Handle, at key: CompileKey) -> StoredProgram? {
        var status = stat()
        guard fstat(file.descriptor.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= ledger.largestEntry,
            let bytes = Self.contents(of: file.descriptor.number, count: Int(status.st_size))
        else { return nil }
        return EntryFormat.program(bytes, of: file, at: key)
    }

    private static func contents(of number: Int32, count: Int) -> [UInt8]? {
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
