import Glibc
import LaunchProtocol
import LinuxKernel

/// A mount namespace with a tree that cells of one kind begin with; nothing else of the host is in it.
///
/// A cell's namespace is a copy of this one, which costs the kernel less than building it again, and never held the host's
/// tree. What is in the tree is read-only and common to the cells; what they write, each mounts for itself.
struct BaseTree {
    /// The namespace, which lives as long as this is open.
    let namespace: Int32

    /// Where the tree is, while a cell has not made it its own.
    static let place = "/tree"
    /// Where a cell attaches its copy.
    static let cellPlace = "/cell"
    /// What directories are hidden behind.
    static let emptyDirectory = "/empty/directory"
    /// What files are hidden behind.
    static let emptyFile = "/empty/null"
    /// Where it is put together; every Linux host has it, and what is mounted over it no host sees.
    private static let workshop = "/tmp"

    /// Builds a tree, in a namespace that the launcher leaves again for `home`.
    init(
        _ steps: [MountStep],
        _ descriptors: [Int32],
        leavingFor home: borrowing Descriptor,
    ) throws(LaunchFailure) {
        do throws(KernelError) {
            try Process.unshare(.mount)
        } catch {
            throw LaunchFailure(stage: .mountTree, error)
        }
        let namespace = Result { () throws(LaunchFailure) in
            try Self.assemble(steps, descriptors)
            return try Self.ownNamespace()
        }
        do throws(KernelError) {
            try Process.enter(.mount, home.number)
        } catch {
            if case .success(let number) = namespace { close(number) }
            throw LaunchFailure(stage: .mountTree, error)
        }
        self.namespace = try namespace.get()
    }

    private static func ownNamespace() throws(LaunchFailure) -> Int32 {
        do throws(KernelError) {
            return try File.open("/proc/self/ns/mnt", O_RDONLY).release()
        } catch {
            throw LaunchFailure(stage: .mountTree, error)
        }
    }

    /// Builds a tree, with what is around it, and makes that all there is in the calling process's mount namespace.
    static func assemble(_ steps: [MountStep], _ descriptors: [Int32]) throws(LaunchFailure) {
        var tree = try MountTree(
            at: workshop + place,
            coversAt: workshop,
            opening: steps,
            descriptors,
        )
        do throws(KernelError) {
            try layOut()
        } catch {
            throw LaunchFailure(stage: .mountTree, error)
        }
        try tree.carryOut(steps)
        do throws(KernelError) {
            try Mount.pivotRoot(to: workshop)
        } catch {
            throw LaunchFailure(stage: .mountTree, error)
        }
    }

    /// What is around the tree: a full /proc, without which the kernel refuses a cell's own, and what hides parts of that.
    private static func layOut() throws(KernelError) {
        let processes = try Mount.cloneTree(at: "/proc")
        let nothing = try Mount.cloneTree(at: "/dev/null")
        try Mount.mountNew(type: "tmpfs", at: workshop, options: "size=64k,nr_inodes=64,mode=755")
        for path in [place, cellPlace, "/proc", "/empty", emptyDirectory] {
            guard mkdir(workshop + path, 0o755) == 0 else { throw KernelError(call: "mkdir", number: errno) }
        }
        try Mount.attach(processes, at: workshop + "/proc")
        let empty = workshop + emptyDirectory
        try Mount.mountNew(type: "tmpfs", at: empty, options: "size=4096,nr_inodes=2,mode=555")
        try Mount.setAttributes(.readOnly, at: empty, recursive: false)
        _ = try File.open(workshop + emptyFile, O_WRONLY | O_CREAT, mode: 0o600)
        // Read-only, as the device's times are the host's.
        try Mount.setAttributes([.noSetUserID, .noExecution, .readOnly], of: nothing)
        try Mount.attach(nothing, at: workshop + emptyFile)
    }

    /// Makes a copy of the tree the calling cell's, to be changed and then entered.
    static func copyIntoCell() throws(KernelError) {
        try Mount.attach(Mount.cloneTree(at: place), at: cellPlace)
    }
}
