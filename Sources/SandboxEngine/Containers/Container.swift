import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// A container's bundle and runtime, from the host's side; the connection to its init is a ``Cell``'s.
final class Container: Sendable {
    private let place: ContainerPlace
    private let launcher: LauncherConnection
    /// What init is told first.
    let plan: ContainerPlan
    private let messages: Descriptor

    /// Longer than a runtime takes to start or to remove a container, in nanoseconds.
    static let patience: UInt64 = 30_000_000_000
    /// As much as is shown of what a runtime says.
    private static let shown = 2_000

    /// Writes the bundle of `blueprint` at `place`.
    convenience init(
        _ blueprint: CellBlueprint,
        at place: ContainerPlace,
        launcher: LauncherConnection,
    ) throws {
        let bundle = try BundlePlanner.bundle(of: blueprint, in: place.surroundings)
        try self.init(bundle, for: blueprint.cell, at: place, launcher: launcher)
    }

    /// Writes a bundle for the counterpart of `cell` at `place`.
    init(
        _ bundle: ContainerBundle,
        for cell: CellPlan,
        at place: ContainerPlace,
        launcher: LauncherConnection,
    ) throws {
        try place.launcher.requireSame()
        self.place = place
        self.launcher = launcher
        if place.runtime.runtime.hasOwnKernel {
            // Its namespaces and its network are not the host's kernel's to compare or to change.
            plan = ContainerPlan(left: [], identities: [], tree: bundle.tree, loopback: nil)
        } else {
            plan = ContainerPlan(
                left: try ContainerNamespaces.files(of: cell).map(Self.hostNamespace),
                identities: bundle.identities,
                tree: bundle.tree,
                loopback: Namespaces(rawValue: cell.namespaces).contains(.network) ? cell.loopback : nil,
            )
        }
        do throws(KernelError) {
            try place.write(bundle)
            messages = try File.open(place.directory + "/messages", O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        } catch {
            place.remove()
            throw error
        }
    }

    private static func hostNamespace(_ name: String) throws -> ContainerPlan.HostNamespace {
        var status = stat()
        guard stat("/proc/self/ns/" + name, &status) == 0 else {
            throw KernelError(call: "stat", number: errno)
        }
        return ContainerPlan.HostNamespace(name: name, inode: UInt64(status.st_ino))
    }

    /// Whether its programs have a kernel of the runtime's own.
    var hasOwnKernel: Bool { place.runtime.runtime.hasOwnKernel }

    /// Starts the runtime, with `connection` for the container's init; it joins the cgroups that `cgroups` are files of.
    func start(_ connection: borrowing Descriptor, cgroups: [Int32]) throws {
        try launcher.send(
            .startRuntime(place.running),
            descriptors: [connection.number, messages.number] + cgroups,
        )
    }

    /// Why there is no container; the runtime's own words.
    func refusal(_ reason: String) -> SandboxError {
        let name = place.runtime.runtime.rawValue
        var words = reason
        // The runtime has written with the same offset.
        if lseek(messages.number, 0, SEEK_SET) == 0,
            let bytes = try? File.contents(of: messages, limit: 1 << 20), !bytes.isEmpty
        {
            words = String(decoding: bytes.prefix(Self.shown), as: UTF8.self)
        }
        let line = words.split(whereSeparator: \.isNewline).joined(separator: "; ")
        return SandboxError(
            .layerUnavailable,
            "\(name) cannot make a container here: \(line)",
            mend: "see what '\(name) run' needs of a host, or use another isolation",
        )
    }

    /// Why a container is not taken that init found to be in a namespace of the host's, or to have other ids; any other failure stays as
    /// it is.
    func refusal(of failure: any Error) -> any Error {
        guard let failure = failure as? LaunchFailure, failure.number == EEXIST else { return failure }
        let name = place.runtime.runtime.rawValue
        switch failure.stage {
        case .namespaces where Int(failure.index) < plan.left.count:
            let namespace = plan.left[Int(failure.index)].name
            return SandboxError(
                .layerUnavailable,
                "\(name) left a container in the host's \(namespace) namespace",
            )
        case .identities:
            return SandboxError(
                .layerUnavailable,
                "\(name) gave a container other ids of the host's than it was told to",
            )
        default: return failure
        }
    }

    /// Removes the bundle, and what the runtime has not removed itself; when nothing runs there any more.
    func remove() {
        if place.hasState { try? delete() }
        place.remove()
    }

    /// Has the runtime kill and forget the container.
    private func delete() throws {
        let pair = try MessageSocket.Pair()
        try launcher.send(
            .startRuntime(place.deleting),
            descriptors: [pair.second.number, messages.number],
        )
        pair.second.close()
        let control = MessageSocket(pair.first)
        guard let made = try control.receive(), let handle = made.descriptors.first else { return }
        let process = Descriptor(owning: handle)
        var poll = Poll()
        poll.add(process.number, POLLIN)
        try poll.wait(until: MonotonicClock.now + Self.patience)
    }
}
