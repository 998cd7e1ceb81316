import Glibc
import LinuxKernel
import SandboxModel

/// Keeps a store within its size: a count of its bytes in a file, under a lock, and the least recently used go first.
///
/// The count may run ahead of the truth, as when a process is killed between counting and renaming, never behind it. It
/// is put right whenever it says that the store is full.
struct StoreLedger: Sendable {
    private let entries: PrivateCacheDirectory
    private let directory: PrivateCacheDirectory
    private let size: Int

    private static let name = "compiled.size"

    /// The ledger of `entries`, kept in `directory`.
    init(of entries: PrivateCacheDirectory, in directory: PrivateCacheDirectory, size: ByteCount) {
        self.entries = entries
        self.directory = directory
        self.size = size.bytes
    }

    /// The largest entry that is taken: one program must not drive most others out.
    var largestEntry: Int { size / 8 }

    /// Makes room for `bytes` more, and lets `place` put them there.
    func admit(bytes: Int, place: () -> Void) {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        let number = openat(directory.number, Self.name, flags, 0o600)
        guard number >= 0 else { return }
        let file = Descriptor(owning: number)
        while flock(number, LOCK_EX) != 0 { guard errno == EINTR else { return } }
        var total = (counted(file) ?? entriesByAge.reduce(0) { $0 + $1.bytes }) + Self.onDisk(bytes)
        if total > size { total = makeRoom(for: Self.onDisk(bytes)) }
        let digits = Array(String(total).utf8)
        guard pwrite(number, digits, digits.count, 0) == digits.count, ftruncate(number, digits.count) == 0
        else { return }
        place()
    }

    private func counted(_ file: borrowing Descriptor) -> Int? {
        (try? File.contents(of: file, limit: 32)).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    /// Removes the least recently used until there is room, and a quarter more so that not every program has to do this;
    /// returns what is there then, `bytes` included.
    private func makeRoom(for bytes: Int) -> Int {
        let present = entriesByAge
        var total = present.reduce(bytes) { $0 + $1.bytes }
        guard total > size else { return total }
        for entry in present where total > size / 4 * 3 {
            unlinkat(entries.number, entry.name, 0)
            total -= entry.bytes
        }
        return total
    }

    /// The entries, the least recently used first.
    private var entriesByAge: [(name: String, bytes: Int)] {
        entries.names.compactMap { name -> (name: String, bytes: Int, used: FileTime)? in
            var status = stat()
            guard fstatat(entries.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
            return (name, Self.onDisk(Int(status.st_size)), FileTime(status.st_mtim))
        }
        .sorted { $0.used < $1.used }
        .map { ($0.name, $0.bytes) }
    }

    /// What a file takes: whole blocks.
    private static func onDisk(_ bytes: Int) -> Int { (bytes + 4_095) / 4_096 * 4_096 }
}
