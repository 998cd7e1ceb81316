import CLinux
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel
import Synchronization

/// The directory of one sandbox in which each of its fences has its own, in the host's shared memory.
///
/// What is written there is memory of the program's cgroup. The directory is locked as long as its owner lives; a sweep
/// removes only what it can lock.
final class FenceGround: Sendable {
    /// Where it is; shm_overview(7).
    static let parent = "/dev/shm"
    private static let prefix = "sanderling-fences-"
    /// Identities of fences when the host is root, none of which owns anything: below those of cells.
    private static let firstIdentity: UInt32 = 0x6000_0000

    private let path: String
    /// Holds the lock, and is closed when it ends.
    private let lock: Int32
    private static let counter = Atomic<UInt32>(0)
    private let isRemoved = Atomic(false)

    /// Sweeps what dead owners left and makes a directory of its own.
    init() throws(SandboxError) {
        do throws(KernelError) {
            let space = try FileSystemSpace(at: Self.parent)
            guard space.isMemory, space.allowsExecution else {
                throw KernelError(call: "statfs", number: space.isMemory ? EACCES : ENOTSUP)
            }
            Self.sweep()
            let made = try Self.make()
            path = made.path
            lock = made.lock
        } catch {
            throw SandboxError(
                .layerUnavailable,
                "landlock isolation has nowhere to write: \(Self.parent): \(String(cString: strerror(error.number)))",
                mend: "mount a tmpfs there: mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs \(Self.parent)",
            )
        }
    }

    /// The plan of a further fence.
    func makePlan() -> FencePlan {
        let number = Self.counter.add(1, ordering: .relaxed).newValue
        return FencePlan(
            directory: path + "/" + String(number),
            identity: geteuid() == 0 ? Self.identity(number) : 0,
        )
    }

    /// One of this process's part of the range, in turn; with more than 64 fences at once, some share one.
    private static func identity(_ number: UInt32) -> UInt32 {
        // A pid is below 2^22; each has 64 of them.
        firstIdentity + UInt32(getpid()) * 64 + number % 64
    }

    /// Removes the directory, with whatever is in it still.
    func remove() {
        guard !isRemoved.exchange(true, ordering: .relaxed) else { return }
        Self.removeTree(path)
    }

    deinit {
        remove()
        close(lock)
    }

    private static func make() throws(KernelError) -> (path: String, lock: Int32) {
        // Until it is locked, a neighbour's sweep may take the directory for a dead owner's and remove it.
        for _ in 0..<256 {
            let path = parent + "/" + prefix + String(UInt64.random(in: 0...UInt64.max), radix: 36)
            guard mkdir(path, 0o700) == 0 else {
                guard errno == EEXIST else { throw KernelError(call: "mkdir", number: errno) }
                continue
            }
            // Under root, fences have identities of their own, and their directories are closed to each other. Whatever
            // this process's umask is; and it is no link, should a neighbour have removed it.
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
    private static func sweep() {
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

    private static func removeTree(_ path: String) {
        guard let directory = try? File.open(parent, O_RDONLY | O_DIRECTORY) else { return }
        RemovedTree.remove(String(path.dropFirst(parent.count + 1)), in: directory.number)
    }
}
