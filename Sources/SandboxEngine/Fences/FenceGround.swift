import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel
import Synchronization

/// The directory of one sandbox in which each of its fences has its own, in the host's shared memory.
///
/// What is written there is memory of the program's cgroup.
final class FenceGround: Sendable {
    /// Where it is.
    static let parent = OwnedDirectory.parent
    private static let prefix = "sanderling-fences-"
    /// Identities of fences when the host is root, none of which owns anything: below those of cells.
    static let firstIdentity: UInt32 = 0x6000_0000

    private let directory: OwnedDirectory
    private static let counter = Atomic<UInt32>(0)

    /// Sweeps what dead owners left and makes a directory of its own.
    init() throws(SandboxError) {
        do throws(KernelError) {
            let space = try FileSystemSpace(at: Self.parent)
            guard space.isMemory, space.allowsExecution else {
                throw KernelError(call: "statfs", number: space.isMemory ? EACCES : ENOTSUP)
            }
            directory = try OwnedDirectory(prefix: Self.prefix)
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
            directory: directory.path + "/" + String(number),
            identity: geteuid() == 0 ? Self.identity(number) : 0,
        )
    }

    /// One of this process's part of the range, in turn; with more than 64 fences at once, some share one.
    private static func identity(_ number: UInt32) -> UInt32 {
        // A pid is below 2^22; each has 64 of them.
        firstIdentity + UInt32(getpid()) * 64 + number % 64
    }

    /// Removes the directory, with whatever is in it still.
    func remove() { directory.remove() }
}
