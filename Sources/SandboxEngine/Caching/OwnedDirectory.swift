import CLinux
import Glibc
import LinuxKernel
import Synchronization

/// A directory of one sandbox in the host's shared memory, with a name that nobody knows beforehand.
///
/// It is locked as long as its owner lives; a sweep removes only what it can lock.
final class OwnedDirectory: Sendable {
    /// Where such directories are; shm_overview(7).
    static let parent = "/dev/shm"

    /// Where this one is.
    let path: String
    /// Holds the lock, and is closed when it ends.
    private let lock: Int32
    private let isRemoved = Atomic(false)

    /// Sweeps what dead owners left under names that begin with `prefix`, and makes a directory of its own; under root, others
    /// may pass through it.
    init(prefix: String) throws(KernelError) {
        Self.sweep(prefix)
        (path, lock) = try Self.make(prefix)
    }

    /// Removes the directory, with whatever is in it still.
    func remove() {
        guard !isRemoved.exchange(true, ordering: .relaxed) else { return }
        guard let directory = try? File.open(Self.parent, O_RDONLY | O_DIRECTORY) else { return }
        RemovedTree.remove(String(path.dropFirst(Self.parent.count + 1)), in: directory.number)
    }

    deinit {
        remove()
        close(lock)
    }

    private static func make(_ prefix: String) throws(KernelError) -> (path: String, lock: Int32) {
        // Until it is locked, a neighbour's sweep may take the directory for a dead owner's and remove it.
        for _ in 0..<256 {
            let path = parent + "/" + prefix + String(UInt64.random(in: 0...UInt64.max), radix: 36)
            guard mkdir(path, 0o700) == 0 else {
                guard errno == EEXIST else { throw KernelError(call: "mkdir", number: errno) }
                continue
            }
            // Under root, what is in it has identities of its own, and is closed to each other. Whatever this process's umask
            // is; and it is no link, should a neighbour have removed it.
            guard fchmodat(AT_FDCWD, path, geteuid() == 0 ? 0o711 : 0o700, AT_SYMLINK_NOFOLLOW) == 0 else {
                continue
            }
            guard let directory = try? File.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) else { continue }
            // The lock may be on a directory that has just been removed.
            if sanderling_try_lock(directory.number) == 0, access(path, F_OK) == 0 {
                return (path, directory.release())
            }
        }
        throw KernelError(call: "flock", number: EAGAIN)
    }

    /// Removes what owners of this identity left that are gone.
    private static func sweep(_ prefix: String) {
        guard let directory = try? File.open(parent, O_RDONLY | O_DIRECTORY) else { return }
        for name in DirectoryNames.of(directory.number) where name.hasPrefix(prefix) {
            var status = stat()
            guard let left = try? File.open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: directory),
                fstat(left.number, &status) == 0, status.st_uid == geteuid(),
                sanderling_try_lock(left.number) == 0
            else { continue }
            RemovedTree.remove(name, in: directory.number)
        }
    }
}
