import LaunchProtocol

/// The few files of /etc that programs expect, written for the cell; the host's own are not shown.
enum SyntheticFiles {
    /// The steps that make them, owned by `owner`.
    static func steps(owner: UInt32, network: Bool) -> [MountStep] {
        let id = CellLayout.identity
        let name = CellLayout.userName
        let contents: [(String, String)] = [
            (
                "passwd",
                "root:x:0:0:root:/root:/usr/sbin/nologin\n\(name):x:\(id):\(id):\(name):\(CellLayout.work):/bin/sh\n"
                    + "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
            ),
            ("group", "root:x:0:\n\(name):x:\(id):\nnogroup:x:65534:\n"),
            ("hosts", "127.0.0.1 localhost \(CellLayout.hostName)\n::1 localhost\n"),
            (
                "nsswitch.conf",
                "passwd: files\ngroup: files\nhosts: files\(network ? " dns" : "")\nservices: files\nprotocols: files\n",
            ),
            ("hostname", "\(CellLayout.hostName)\n"),
        ]
        return contents.map { name, text in
            .file(path: "/etc/" + name, contents: Array(text.utf8), mode: 0o644, owner: owner)
        }
    }

    /// Paths of /etc that are the host's own and say nothing about it.
    static let shared = ["/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives"]

    /// Further ones that a program needs to use the host's network.
    static let sharedForNetwork = ["/etc/resolv.conf", "/etc/ssl/certs"]
}
