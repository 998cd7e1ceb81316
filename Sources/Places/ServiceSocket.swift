/// Where a service on this machine has its socket for `sanderling run`.
package enum ServiceSocket {
    /// Its name in the service's data directory, where nobody chose another.
    package static let fileName = "service.sock"
    /// The directory in which services of the system have theirs: only root puts anything there.
    package static let systemDirectory = "/run/sanderling/"

    /// Where `sanderling run` looks for it, in this order.
    ///
    /// `SANDERLING_SOCKET` names the only one to look at; an empty one is none.
    package static func paths() -> [String] {
        if let named { return named.isEmpty ? [] : [named] }
        let own = UserDirectories.data().map { $0 + "/" + fileName }
        return [own, systemDirectory + fileName].compactMap(\.self)
    }

    /// What `SANDERLING_SOCKET` says.
    package static var named: String? { UserDirectories.variable("SANDERLING_SOCKET") }
}
