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

    /// Builds a tree in a process of its own and waits for it.
    init(_ steps: [MountStep], _ descriptors: [Int32]) throws(LaunchFailure) {
        do {
            let pair = try MessageSocket.Pair()
            guard case .parent = try Process.clone(into: .mount) else {
                pair.first.close()
                Self.build(steps, descriptors, reportTo: MessageSocket(pair.second))
            }
            pair.second.close()
            guard let report = try MessageSocket(pair.first).receive(), !report.bytes.isEmpty else {
                throw LaunchFailure(stage: .mountTree, call: "recvmsg", number: ECONNRESET)
            }
            if case .failed(let failure) = try CellReply(wireBytes: report.bytes) { throw failure }
            guard let namespace = report.descriptors.first else { throw MalformedMessage() }
            self.namespace = namespace
        } catch let failure as LaunchFailure {
            throw failure
        } catch let error as KernelError {
            throw LaunchFailure(stage: .mountTree, error)
        } catch {
            throw LaunchFailure(stage: .mountTree, call: "recvmsg", number: EBADMSG)
        }
    }

    private static func build(
        _ steps: [MountStep],
        _ descriptors: [Int32],
        reportTo reports: consuming MessageSocket,
    ) -> Never {
        do {
            try assemble(steps, descriptors)
            let namespace = try File.open("/proc/self/ns/mnt", O_RDONLY)
            try reports.send(CellReply.made.wireBytes, descriptors: [namespace.number])
        } catch let failure as LaunchFailure {
            try? reports.send(CellReply.failed(failure).wireBytes)
        } catch {
            let failure = LaunchFailure(stage: .mountTree, call: "pivot_root", number: EIO)
            try? reports.send(CellReply.failed(failure).wireBytes)
        }
        _exit(0)
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
