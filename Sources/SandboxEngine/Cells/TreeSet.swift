import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel
import Synchronization

/// The mount trees that cells begin with, each built once by the launcher and then copied for every cell.
///
/// A tree shows the files that its paths named when it was built; it is built anew when one of them has come to name
/// another, as after an upgrade of what is bound by itself.
final class TreeSet: Sendable {
    /// A tree, for whoever asks for a cell that begins with it.
    struct Entry {
        /// By which the launcher knows it.
        let number: UInt32
        /// What became of it.
        let report: TreeReport
    }

    private struct Tree {
        let number: UInt32
        let sources: [FileIdentity?]
        /// Where the launcher tells what became of it.
        let report: TreeReport
        var lastUsed: UInt64
    }

    private struct Key: Hashable {
        let steps: [MountStep]
        let sources: [String]
    }

    private struct State {
        var trees: [Key: Tree] = [:]
        var nextNumber: UInt32 = 0
    }

    private let launcher: LauncherConnection
    private let state = Mutex(State())
    /// Trees at once; of more, those that went unused for longest are let go of.
    private static let capacity = 32

    /// No trees yet; `launcher` builds them.
    init(launcher: LauncherConnection) { self.launcher = launcher }

    /// The tree for `blueprint`, asked for now if need be.
    ///
    /// The launcher does what it is asked in order: a cell may be asked for at once.
    func tree(for blueprint: CellBlueprint) throws -> Entry {
        let key = Key(steps: blueprint.tree, sources: blueprint.bindSources)
        let sources = blueprint.bindSources.map(FileIdentity.init)
        let now = MonotonicClock.now
        return try state.withLock { state in
            if var tree = state.trees[key] {
                tree.lastUsed = now
                state.trees[key] = tree
                if tree.sources == sources { return Entry(number: tree.number, report: tree.report) }
                try drop(tree)
            }
            while state.trees.count >= Self.capacity,
                let oldest = state.trees.min(by: { $0.value.lastUsed < $1.value.lastUsed })
            {
                state.trees[oldest.key] = nil
                try drop(oldest.value)
            }
            state.nextNumber += 1
            let report = try ask(for: blueprint, number: state.nextNumber)
            state.trees[key] = Tree(
                number: state.nextNumber,
                sources: sources,
                report: report,
                lastUsed: now,
            )
            return Entry(number: state.nextNumber, report: report)
        }
    }

    /// Forgets the tree with a number, of which there turned out to be none: the next cell that begins with it has it built anew.
    func forget(_ number: UInt32) {
        state.withLock { state in
            guard let key = state.trees.first(where: { $0.value.number == number })?.key,
                let tree = state.trees.removeValue(forKey: key)
            else { return }
            // The launcher holds one where only its answer was lost; one that cannot be told of it has ended with all of them.
            try? drop(tree)
        }
    }

    private func ask(for blueprint: CellBlueprint, number: UInt32) throws -> TreeReport {
        // Opened as detached mounts, with the host's own rights.
        var sources: [Int32] = []
        defer { for number in sources { close(number) } }
        for source in blueprint.bindSources { sources.append(try Mount.cloneTree(at: source).release()) }
        let pair = try MessageSocket.Pair()
        try launcher.send(
            .makeTree(number: number, steps: blueprint.tree),
            descriptors: [pair.second.number] + sources,
        )
        pair.second.close()
        return TreeReport(MessageSocket(pair.first))
    }

    private func drop(_ tree: Tree) throws {
        try launcher.send(.dropTree(number: tree.number), descriptors: [])
    }
}

/// What became of a tree, read when it matters.
final class TreeReport: Sendable {
    private let socket: MessageSocket

    init(_ socket: consuming MessageSocket) { self.socket = socket }

    /// Why there is no tree; `nil` when there is one, or nothing is known.
    var failure: LaunchFailure? {
        guard let message = try? socket.receive(wait: false),
            case .failed(let failure)? = try? CellReply(wireBytes: message.bytes)
        else { return nil }
        return failure
    }
}

/// Which file a path names.
private struct FileIdentity: Equatable {
    let device: UInt
    let inode: UInt

    /// `nil` when it names none.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
    }
}
