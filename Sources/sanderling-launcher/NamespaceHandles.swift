import Glibc
import LaunchProtocol
import LinuxKernel

/// Handles on the calling process's namespaces, through which another process can enter them; setns(2).
final class NamespaceHandles {
    /// The kinds, and the descriptors in the same order; the user namespace first, which is entered first.
    let kinds: [Namespaces]
    let descriptors: [Int32]

    private static let names: [(kind: Namespaces, name: String)] = [
        (.user, "user"), (.pid, "pid"), (.mount, "mnt"), (.ipc, "ipc"), (.uts, "uts"), (.network, "net"),
    ]

    /// Opens those of `namespaces`.
    init(_ namespaces: Namespaces) throws(LaunchFailure) {
        var kinds: [Namespaces] = []
        var descriptors: [Int32] = []
        do throws(KernelError) {
            for (kind, name) in Self.names where namespaces.contains(kind) {
                descriptors.append(try File.open("/proc/self/ns/" + name, O_RDONLY).release())
                kinds.append(kind)
            }
        } catch {
            throw LaunchFailure(stage: .namespaces, error)
        }
        self.kinds = kinds
        self.descriptors = descriptors
    }

    deinit { for number in descriptors { close(number) } }
}

/// What a zygote's child needs to know to enter a cell and confine itself there; Sources/sanderling-zygote/zygote.c.
struct JoinOrder {
    let namespaces: NamespaceHandles
    let confinement: ConfinementPlan
    let hasRuleset: Bool

    /// Its form on the wire; the namespaces' descriptors come with it, and then the Landlock rule set's.
    var wireBytes: [UInt8] {
        var writer = WireWriter()
        writer.write(confinement.identity)
        writer.write(confinement.recordsRefusals)
        writer.write(hasRuleset)
        writer.write(numbers: namespaces.kinds.map { UInt32(truncatingIfNeeded: $0.rawValue) })
        writer.write(confinement.workingDirectory)
        writer.write(confinement.filter)
        return writer.bytes
    }
}
