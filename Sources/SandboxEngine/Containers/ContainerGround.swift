import FoundationEssentials
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel
import Synchronization

/// The directory of one sandbox in which its containers have their bundles, and their runtime keeps its state.
///
/// No program sees it: a container's root file system is mounted from it, read-only, and all of it belongs to the host.
final class ContainerGround: Sendable {
    private static let prefix = "sanderling-containers-"
    /// Identities of containers, none of which owns anything: below those of fences.
    private static let firstIdentity: UInt32 = 0x4000_0000
    /// Containers of one process that have identities of their own at once.
    private static let identities: UInt32 = 64

    /// The runtime that the containers are for.
    let runtime: InstalledRuntime
    private let launcher: LauncherFile
    private let directory: OwnedDirectory
    private static let counter = Atomic<UInt32>(0)

    /// A ground for containers of `runtime`, whose init is the launcher that `executable` is.
    init(for runtime: OCIRuntime, launcher executable: borrowing Descriptor) throws(SandboxError) {
        self.runtime = try InstalledRuntime(runtime)
        guard geteuid() == 0 else {
            throw SandboxError(
                .layerUnavailable,
                "oci:\(runtime.rawValue) isolation needs root, which alone can give a container ids that own nothing",
                mend: "run as root, or use the isolation 'namespaces', which needs none",
                layers: [.userNamespace],
            )
        }
        do throws(KernelError) {
            if self.runtime.makesCgroup { RuntimeCgroups.sweep() }
            launcher = try LauncherFile(executable)
            directory = try OwnedDirectory(prefix: Self.prefix)
        } catch {
            throw SandboxError(
                .layerUnavailable,
                "bundles have no place: \(OwnedDirectory.parent): \(String(cString: strerror(error.number)))",
                mend:
                    "mount a tmpfs there: mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs \(OwnedDirectory.parent)",
            )
        }
    }

    /// A further container: its name, where its bundle is, and what the bundle is planned with.
    ///
    /// `scratch` are bytes that each directory of files to write holds, which only a kernel of the runtime's own is told.
    func makePlace(scratch: UInt64 = 0) -> ContainerPlace {
        let number = Self.counter.add(1, ordering: .relaxed).newValue
        let name = "sanderling.\(getpid()).\(number)"
        // A pid is below 2^22; each has two ids for each container.
        let part = UInt32(getpid()) * Self.identities + number % Self.identities
        let first = Self.firstIdentity + part * 2
        return ContainerPlace(
            name: name,
            directory: directory.path + "/" + String(number),
            runtime: runtime,
            launcher: launcher,
            surroundings: BundlePlanner.Surroundings(
                launcher: launcher.path,
                connection: runtime.connection,
                identities: (first, first + 1),
                cgroup: runtime.makesCgroup ? RuntimeCgroups.name(of: name) : nil,
                scratch: runtime.runtime.hasOwnKernel ? scratch : nil,
            ),
        )
    }

    /// Removes the directory, with whatever is in it still.
    func remove() { directory.remove() }
}

/// The launcher as a runtime finds it, which can be told of a file by its path alone.
struct LauncherFile: Sendable {
    /// Its path.
    let path: String
    private let device: UInt64
    private let inode: UInt64

    /// The file behind a descriptor, which was looked at when it was opened.
    init(_ executable: borrowing Descriptor) throws(KernelError) {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/fd/\(executable.number)", &buffer, buffer.count - 1)
        guard count > 0 else { throw KernelError(call: "readlink", number: errno) }
        path = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var status = stat()
        guard fstat(executable.number, &status) == 0 else { throw KernelError(call: "fstat", number: errno) }
        (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }

    /// Refuses another file that has come to be there, such as the next version.
    func requireSame() throws(SandboxError) {
        var status = stat()
        guard stat(path, &status) == 0, (UInt64(status.st_dev), UInt64(status.st_ino)) == (device, inode)
        else {
            throw SandboxError(
                .launcherUnavailable,
                "\(path) is not the file any more that it was when the sandbox was made",
                mend: "make a new sandbox, or start the command again",
            )
        }
    }
}

/// Where one container's bundle is, and its runtime's state.
struct ContainerPlace: Sendable {
    /// The name by which the runtime knows the container.
    let name: String
    /// What holds bundle and state, and is removed with the container.
    let directory: String
    /// The runtime.
    let runtime: InstalledRuntime
    /// What becomes the container's init.
    let launcher: LauncherFile
    /// What the bundle is planned with.
    let surroundings: BundlePlanner.Surroundings

    private var bundle: String { directory + "/bundle" }
    private var state: String { directory + "/state" }

    /// The runtime's process for the container.
    var running: RuntimePlan { runtime.running(name, bundle: bundle, state: state) }

    /// The runtime's process that ends it.
    var deleting: RuntimePlan { runtime.deleting(name, state: state) }

    /// Whether the runtime has still something to remove.
    var hasState: Bool {
        ((try? FileManager.default.contentsOfDirectory(atPath: state)) ?? []).contains(name)
    }

    /// Writes a bundle; its root is somebody's inside who owns nothing outside, and must be able to pass.
    func write(_ contents: ContainerBundle) throws(KernelError) {
        let root = bundle + "/" + contents.configuration.root.path
        for path in [directory, bundle, root] { try make(path) }
        guard mkdir(state, 0o700) == 0 else { throw KernelError(call: "mkdir", number: errno) }
        for file in contents.files {
            let path = root + file.path
            switch file.form {
            case .directory: try make(path)
            case .file(let bytes): try write(bytes, at: path)
            case .symbolicLink(let target):
                guard symlink(target, path) == 0 else { throw KernelError(call: "symlink", number: errno) }
            }
        }
        let bytes: [UInt8]
        do {
            bytes = try contents.configuration.bytes
        } catch {
            throw KernelError(call: "write", number: EINVAL)
        }
        // It is for the runtime alone, which is root.
        try write(bytes, at: bundle + "/config.json", mode: 0o600)
    }

    private func make(_ path: String) throws(KernelError) {
        // Whatever this process's umask is.
        guard mkdir(path, 0o755) == 0, chmod(path, 0o755) == 0 else {
            throw KernelError(call: "mkdir", number: errno)
        }
    }

    private func write(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644) throws(KernelError) {
        let file = try File.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
        guard fchmod(file.number, mode) == 0 else { throw KernelError(call: "fchmod", number: errno) }
        try File.write(bytes, to: file)
    }

    /// Removes bundle and state.
    func remove() {
        guard let parent = try? File.open(OwnedDirectory.parent, O_RDONLY | O_DIRECTORY) else { return }
        RemovedTree.remove(String(directory.dropFirst(OwnedDirectory.parent.count + 1)), in: parent.number)
    }
}
