import Glibc
import LaunchProtocol
import LinuxKernel

/// Carries out the steps towards a mount tree.
struct MountTree {
    /// What stands before every path: where the new root is put together, until it has become the root.
    private var prefix: String
    /// What stands before the paths of what things are hidden behind.
    private let covers: String
    /// Detached mounts for the bind steps.
    private let sources: MountSources
    /// What came with the request.
    private var descriptors: [Int32] = []

    /// A tree that stands already, or is to stand, at `prefix`, and needs nothing from elsewhere.
    init(at prefix: String = "", copyingFrom descriptors: [Int32] = []) {
        self.prefix = prefix
        self.descriptors = descriptors
        covers = ""
        sources = MountSources()
    }

    /// A tree to stand at `prefix`; opens the sources of every bind while the host's tree can still be seen, none of it
    /// covered.
    init(
        at prefix: String,
        coversAt covers: String,
        opening steps: [MountStep],
        _ descriptors: [Int32],
    ) throws(LaunchFailure) {
        self.prefix = prefix
        self.covers = covers
        sources = try MountSources(of: steps, descriptors)
    }

    /// Carries out `steps` in order.
    mutating func carryOut(_ steps: [MountStep]) throws(LaunchFailure) {
        for (index, step) in steps.enumerated() {
            do {
                try carryOut(step, index)
            } catch {
                throw LaunchFailure(stage: .mountTree, error, index: index)
            }
        }
    }

    private mutating func carryOut(_ step: MountStep, _ index: Int) throws(KernelError) {
        switch step {
        case .memoryFileSystem(let path, let bytes, let files, let mode, let owner):
            try makeDirectories(prefix + path)
            // The kernel takes a size or a number of files of 0 for "no limit".
            let options =
                "size=\(max(bytes, 4_096)),nr_inodes=\(max(files, 2)),mode=\(String(mode, radix: 8)),uid=\(owner),gid=\(owner)"
            try Mount.mountNew(type: "tmpfs", at: prefix + path, options: options)
        case .processFileSystem(let path):
            try makeDirectories(prefix + path)
            // What a process may not trace it does not see: neither init nor, where they exist, other users'.
            try Mount.mountNew(type: "proc", at: prefix + path, options: "hidepid=2", noExecution: true)
        case .bind(_, let path, let attributes, let isDirectory):
            let source = try sources.take(index)
            try Mount.setAttributes(MountAttributes(rawValue: attributes), of: source)
            try makePlace(prefix + path, isDirectory: isDirectory)
            try Mount.attach(source, at: prefix + path)
        case .rebind(let from, let to):
            try makeDirectories(prefix + to)
            try Mount.attach(Mount.cloneTree(at: prefix + from), at: prefix + to)
        case .directory(let path, let mode, let owner):
            try makeDirectories(prefix + path)
            try setOwner(prefix + path, mode: mode, owner: owner)
        case .file(let path, let contents, let mode, let owner):
            try makeDirectories(Self.parent(of: prefix + path))
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
            try File.write(contents, to: File.open(prefix + path, flags, mode: 0o600))
            try setOwner(prefix + path, mode: mode, owner: owner)
        case .copy(let path, let source, let offset, let bytes, let mode, let owner):
            try makeDirectories(Self.parent(of: prefix + path))
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
            let file = try File.open(prefix + path, flags, mode: 0o600)
            guard Int(source) < descriptors.count else { throw KernelError(call: "read", number: EBADF) }
            let number = descriptors[Int(source)]
            try File.copy(from: number, offset: offset, bytes: bytes, to: file)
            try setOwner(prefix + path, mode: mode, owner: owner)
        case .executable(let directory, let path):
            try makeExecutable(path, in: prefix + directory)
        case .symbolicLink(let path, let target):
            try makeDirectories(Self.parent(of: prefix + path))
            try check(symlink(target, prefix + path), "symlink")
        case .attributes(let path, let attributes, let recursive):
            let attributes = MountAttributes(rawValue: attributes)
            try Mount.setAttributes(attributes, at: prefix + path, recursive: recursive)
        case .mask(let path, let isDirectory):
            try mask(prefix + path, isDirectory: isDirectory)
        case .resize(let path, let bytes, let files):
            let space = try FileSystemSpace(at: prefix + path)
            let options = "size=\(space.used + Int(bytes)),nr_inodes=\(space.usedFiles + Int(files))"
            try Mount.reconfigure(type: "tmpfs", at: prefix + path, options: options)
        case .detach(let path):
            try Mount.detach(prefix + path)
        case .remove(let path):
            // EINVAL where nothing is mounted.
            if umount2(prefix + path, Int32(MNT_DETACH)) != 0, errno != EINVAL, errno != ENOENT {
                throw KernelError(call: "umount2", number: errno)
            }
            if unlink(prefix + path) != 0, errno != ENOENT {
                throw KernelError(call: "unlink", number: errno)
            }
        case .empty(let path):
            try Emptying.empty(prefix + path)
        case .pivotRoot:
            try Mount.pivotRoot(to: prefix)
            prefix = ""
        }
    }

    /// Hides what is at `path`, if anything is.
    ///
    /// It need not be what it is expected to be; but a mount that the kernel takes back costs as much as all the others.
    private func mask(_ path: String, isDirectory: Bool) throws(KernelError) {
        let expected = isDirectory ? BaseTree.emptyDirectory : BaseTree.emptyFile
        let other = isDirectory ? BaseTree.emptyFile : BaseTree.emptyDirectory
        do throws(KernelError) {
            try Mount.bind(covers + expected, at: path)
        } catch {
            // Also what it would be hidden behind might not be there.
            var status = stat()
            if error.number == ENOENT, lstat(path, &status) != 0, errno == ENOENT { return }
            guard error.number == ENOTDIR else { throw error }
            try Mount.bind(covers + other, at: path)
        }
    }

    /// Whatever the program made of the way there: nothing outside `directory` is touched.
    private func makeExecutable(_ path: String, in directory: String) throws(KernelError) {
        let root = try File.open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        guard let file = try? File.open(path, O_RDONLY | O_NONBLOCK, beneath: root) else { return }
        guard try File.mode(of: file) & S_IFMT == S_IFREG else { return }
        try check(fchmod(file.number, 0o755), "fchmod")
    }

    private func makePlace(_ path: String, isDirectory: Bool) throws(KernelError) {
        if isDirectory { return try makeDirectories(path) }
        try makeDirectories(Self.parent(of: path))
        _ = try File.open(path, O_WRONLY | O_CREAT | O_NOFOLLOW, mode: 0o644)
    }

    private func makeDirectories(_ path: String) throws(KernelError) {
        if path.isEmpty || mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw KernelError(call: "mkdir", number: errno) }
        try makeDirectories(Self.parent(of: path))
        try check(mkdir(path, 0o755), "mkdir")
    }

    private func setOwner(_ path: String, mode: UInt32, owner: UInt32) throws(KernelError) {
        try check(lchown(path, owner, owner), "lchown")
        try check(chmod(path, mode), "chmod")
    }

    private func check(_ result: Int32, _ call: String) throws(KernelError) {
        guard result == 0 else { throw KernelError(call: call, number: errno) }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return String(path[..<slash])
    }
}
