package import Glibc
package import LinuxKernel

/// A service's local socket, seen from without; unix(7).
package enum LocalSocket {
    /// A connection to whoever listens at `path`, or `nil` where nobody does or this process may not.
    package static func connect(_ path: String) -> Descriptor? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { return nil }
        let descriptor = Descriptor(owning: number)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { return nil }
        return consume descriptor
    }

    /// The user whose process listens at the other end, as the kernel tells it; `SO_PEERCRED`.
    package static func peerUser(of descriptor: borrowing Descriptor) -> uid_t? {
        var credentials = PeerCredentials()
        var size = socklen_t(MemoryLayout<PeerCredentials>.size)
        let number = getsockopt(descriptor.number, SOL_SOCKET, SO_PEERCRED, &credentials, &size)
        return number == 0 ? credentials.user : nil
    }
}

/// Who is at the other end of a socket: `struct ucred` of unix(7), which the C library shows to GNU sources only.
package struct PeerCredentials: Sendable {
    package var process: pid_t = 0
    package var user: uid_t = 0
    package var group: gid_t = 0

    package init() {}
}
