import LinuxKernel

/// What a hostile program is tempted with: things of the host's that it must not read, change, hear or end.
///
/// Each run has its own, so that what happened to it was that run's doing. All of it is harmless to lose.
final class Bait: Sendable {
    /// What no program must ever show.
    let token: String
    /// A name for what programs try to leave behind; short enough for a process's name, which holds 15 bytes.
    let mark: String
    /// The secret file, and the file that anyone may write.
    let files: BaitFiles
    /// A process of the caller's.
    let victim: Victim
    /// The host's listeners.
    let listeners: Listeners
    private let leftovers: LeftoverSearch

    private init() throws {
        token = "bait-" + Self.random(16)
        mark = "sbx" + Self.random(5)
        files = try BaitFiles(token: token)
        victim = try Victim(token: token)
        listeners = try Listeners(directory: files.directory)
        leftovers = LeftoverSearch(mark: mark, bait: files.directory)
    }

    /// Runs `body` with bait of its own, which is gone when it returns.
    static func with<Result>(_ body: (Bait) async throws -> Result) async throws -> Result {
        let bait = try Bait()
        defer { bait.remove() }
        return try await body(bait)
    }

    private func remove() {
        victim.end()
        files.remove()
    }

    /// What the placeholders of the programs' files stand for.
    var placeholders: Placeholders {
        Placeholders([
            "SECRET_PATH": files.secret,
            "TAMPER_PATH": files.tamper,
            "VICTIM_PID": "\(victim.pid)",
            "TCP_PORT": "\(listeners.tcpPort)",
            "UDP_PORT": "\(listeners.udpPort)",
            "UNIX_PATH": listeners.unixPath,
            "ABSTRACT": listeners.abstractName,
            "MARK": mark,
        ])
    }

    /// What has become of it.
    ///
    /// - Parameter searching: Whether the host is searched for what bears the mark. What is found is looked for again for up to
    ///   two seconds: the kernel takes a dead sandbox down at its leisure.
    /// - Returns: A sentence for each thing that is not as it was.
    func harm(searching: Bool) async -> BaitHarm {
        var left = searching ? leftovers.found() : []
        for _ in 0..<20 where !left.isEmpty {
            do { try await Task.sleep(for: .milliseconds(100)) } catch { break }
            left = leftovers.found()
        }
        return BaitHarm(
            tampering: files.changes(),
            victim: victim.changes(),
            heard: listeners.heard(),
            leftovers: left,
        )
    }

    /// Hexadecimal digits of so many random bytes.
    private static func random(_ bytes: Int) -> String {
        (0..<bytes).map { _ in
            let digits = String(UInt8.random(in: 0...255), radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// What became of the bait, a sentence for each thing that is not as it was.
package struct BaitHarm: Sendable, Hashable {
    /// Changes to the file that anyone may write, and to its directory.
    package var tampering: [String]
    /// Changes to the victim.
    package var victim: [String]
    /// What the listeners heard.
    package var heard: [String]
    /// What bears the mark.
    package var leftovers: [String]

    /// What was found; without arguments, nothing.
    package init(
        tampering: [String] = [],
        victim: [String] = [],
        heard: [String] = [],
        leftovers: [String] = [],
    ) {
        self.tampering = tampering
        self.victim = victim
        self.heard = heard
        self.leftovers = leftovers
    }
}
