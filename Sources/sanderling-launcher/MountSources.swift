import Glibc
import LaunchProtocol
import LinuxKernel

/// Detached mounts for the bind steps of a tree, by the steps' places; open_tree(2).
final class MountSources {
    private var numbers: [Int: Int32] = [:]

    /// None.
    init() {}

    /// Those of `steps`: opened now, or copies of what came with the request.
    init(of steps: [MountStep], _ descriptors: [Int32]) throws(LaunchFailure) {
        for (index, step) in steps.enumerated() {
            guard case .bind(let source, _, _, _) = step else { continue }
            do throws(KernelError) {
                numbers[index] = try Self.open(source, descriptors).release()
            } catch {
                throw LaunchFailure(stage: .mountTree, error, index: index)
            }
        }
    }

    private static func open(
        _ source: BindSource,
        _ descriptors: [Int32],
    ) throws(KernelError) -> Descriptor {
        switch source {
        case .path(let path): return try Mount.cloneTree(at: path)
        case .descriptor(let place):
            let place = CellPlan.DescriptorPlace.first + Int(place)
            guard place < descriptors.count else { throw KernelError(call: "recvmsg", number: EBADF) }
            let copy = fcntl(descriptors[place], F_DUPFD_CLOEXEC, 0)
            guard copy >= 0 else { throw KernelError(call: "fcntl", number: errno) }
            return Descriptor(owning: copy)
        }
    }

    /// Gives away the mount for the step at `index`.
    func take(_ index: Int) throws(KernelError) -> Descriptor {
        guard let number = numbers.removeValue(forKey: index) else {
            throw KernelError(call: "move_mount", number: EBADF)
        }
        return Descriptor(owning: number)
    }

    deinit { for number in numbers.values { close(number) } }
}
