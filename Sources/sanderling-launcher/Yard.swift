import LaunchProtocol
import LinuxKernel

/// The launcher's own user namespace, in which not even its bugs are root on the host.
///
/// As root, the host maps a high range of ids that own nothing; else the caller's own id alone, also where it has
/// subordinate ids. Root is never mapped to root.
struct Yard {
    /// Ids that are mapped, beginning at 0.
    private let identities: UInt32
    /// Ids that each cell takes of a range.
    ///
    /// Per-user quotas of the kernel (inotify, pending signals, keys, pipe pages) are shared by all that run under one id.
    private static let identitiesPerCell: UInt32 = 64
    /// The program's user and group inside a cell.
    static let programIdentity: UInt32 = 1_000

    /// Whether there is only the caller's own id.
    var hasSingleIdentity: Bool { identities == 1 }

    /// The id that a cell's init has inside the cell.
    var initIdentity: UInt32 { hasSingleIdentity ? Self.programIdentity : 0 }

    /// Leaves the host's user namespace together with the host, which writes the maps; `nil` where it is to stay outside.
    init?(askedBy connection: borrowing MessageSocket) throws(LaunchFailure) {
        do throws(KernelError) {
            let request = try Self.receive(from: connection)
            if request == .stayOutside { return nil }
            guard request == .enterYard else { throw Self.outOfOrder }
            try Process.unshare([.user, .mount])
            try connection.send(LauncherReply.yardEntered.wireBytes)
            guard case .yardMapped(let identities) = try Self.receive(from: connection) else {
                throw Self.outOfOrder
            }
            self.identities = identities
            try Credentials.become(uid: 0, gid: 0, keepGroups: identities == 1)
            // The files in /proc/PID that map a cell's ids must belong to this identity, not to the host's root.
            try Process.unprotect()
            try Mount.makeAllPrivate()
        } catch {
            throw LaunchFailure(stage: .yard, error)
        }
    }

    private static let outOfOrder = KernelError(call: "recvmsg", number: 71)

    private static func receive(
        from connection: borrowing MessageSocket
    ) throws(KernelError) -> LauncherRequest {
        guard let message = try connection.receive(),
            let request = try? LauncherRequest(wireBytes: message.bytes)
        else { throw outOfOrder }
        return request
    }

    /// Gives a cell's user namespace its ids: init's and the program's, from a part of the range that no living cell has.
    func mapIdentities(of pid: Int32) throws(KernelError) {
        let map: String
        if hasSingleIdentity {
            map = "\(Self.programIdentity) 0 1\n"
        } else {
            // A pid means one process as long as it lives, and so does the part of the range made from it.
            let parts = (identities - 1) / Self.identitiesPerCell
            let first = 1 + UInt32(pid) % parts * Self.identitiesPerCell
            map = "0 \(first) 1\n\(Self.programIdentity) \(first + 1) 1\n"
        }
        if hasSingleIdentity { try File.write("deny", at: "/proc/\(pid)/setgroups") }
        try File.write(map, at: "/proc/\(pid)/uid_map")
        try File.write(map, at: "/proc/\(pid)/gid_map")
    }
}
