#if SANDERLING_SABOTAGE
import Foundation
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
        let places = ((try? FileManager.default.contentsOfDirectory(atPath: "/")) ?? []).sorted()
            .map { "/" + $0 }
        for path in places where path != "/proc" && path != CellLayout.work && isRealDirectory(path) {
            let source: BindSource = capabilities.opensMounts
                ? .descriptor(index: UInt32(open.bindSources.count)) : .path(path)
            if capabilities.opensMounts { open.bindSources.append(path) }
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

    private func isRealDirectory(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeDirectory
    }
}
#endif
