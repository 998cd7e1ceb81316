#if SANDERLING_SABOTAGE
import FoundationEssentials
import Glibc
import LaunchProtocol
import SandboxModel

extension CellBlueprint {
    /// Lets everything of the host's into the tree, in its own place and as the host has it.
    ///
    /// Of the cell's own there remain /proc, uncovered, and the work directory, which the program's files go into.
    func withoutMountTree(_ capabilities: CellPlanner.Capabilities) -> CellBlueprint {
        guard Sabotage.leavesOut(.mountNamespace) else { return self }
        var open = self
        open.tree.removeAll { if case .mask = $0 { true } else { false } }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/")) ?? []
        for path in names.sorted().map({ "/" + $0 })
        where path != "/proc" && path != CellLayout.work && isDirectory(path) {
            var source = BindSource.path(path)
            if capabilities.opensMounts {
                source = .descriptor(index: UInt32(open.bindSources.count))
                open.bindSources.append(path)
            }
            let step = MountStep.bind(source: source, path: path, attributes: 0, isDirectory: true)
            // Before the tree's last step, after which nothing can be made in it.
            open.tree.insert(step, at: open.tree.count - 1)
        }
        open.cell.tree.removeAll { step in
            switch step {
            case .mask, .attributes(path: "/proc", _, _): true
            case .rebind(_, let path): path != CellLayout.work
            default: false
            }
        }
        return open
    }

    /// Whether `path` is a directory, and no link to one.
    private func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
#endif
