import Glibc
import LinuxKernel

/// A process of the caller's, with the token in its environment and in its memory.
///
/// It is a shell that answers each line with the token from its memory: one that is dead, stopped or overwritten does not. It
/// ends by itself when whoever started it is gone, however that ended.
final class Victim: Sendable {
    /// Its process id.
    let pid: pid_t
    private let token: String
    private let line: Descriptor
    private let before: [String: String]

    private static let script = #"while read -r line; do printf '%s\n' "$SANDERLING_BAIT"; done"#

    /// Starts the process.
    ///
    /// - Throws: The system's error.
    init(token: String) throws(KernelError) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw KernelError(call: "socketpair", number: errno)
        }
        line = Descriptor(owning: ends[0])
        let theirs = Descriptor(owning: ends[1])
        self.token = token
        pid = try Self.start(speakingOn: theirs.number, environment: "SANDERLING_BAIT=\(token)")
        // Once it has answered it is the shell, and no copy of this process any more.
        guard Self.answer(on: line) == token else {
            Self.end(pid)
            throw KernelError(call: "posix_spawn", number: EIO)
        }
        before = Self.facts(of: pid)
    }

    /// What is not as it was.
    func changes() -> [String] {
        let after = Self.facts(of: pid)
        guard let state = after["State"] else { return ["the victim is gone"] }
        if ["T", "t", "Z", "X"].contains(state) { return ["the victim is in state \(state)"] }
        var changes = before.keys.sorted().compactMap { name in
            after[name] == before[name] || name == "State"
                ? nil : "the victim's \(name) was \(before[name] ?? "") and is \(after[name] ?? "gone")"
        }
        if Self.answer(on: line) != token {
            changes.append("the victim does not answer as it did")
        }
        return changes
    }

    /// Ends the process.
    func end() { Self.end(pid) }

    private static func end(_ pid: pid_t) {
        kill(pid, SIGKILL)
        while waitpid(pid, nil, 0) < 0 && errno == EINTR {}
    }

    private static func start(
        speakingOn line: Int32,
        environment: String,
    ) throws(KernelError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, line, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, line, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own: Ctrl-C is for us, and what becomes of the victim is to be seen.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let words: [String] = ["sh", "-c", script]
        var arguments = words.map { strdup($0) } + [nil]
        var variables = [strdup(environment), nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, "/bin/sh", &actions, &attributes, &arguments, &variables)
        guard failure == 0 else { throw KernelError(call: "posix_spawn", number: failure) }
        return pid
    }

    /// What it answers within two seconds.
    private static func answer(on line: borrowing Descriptor) -> String? {
        var question: UInt8 = 0x0A
        guard send(line.number, &question, 1, Int32(MSG_NOSIGNAL)) == 1 else { return nil }
        var answer: [UInt8] = []
        while answer.last != 0x0A {
            var poller = pollfd(fd: line.number, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, 2_000) == 1, let part = try? File.read(line), !part.isEmpty else {
                return nil
            }
            answer += part
        }
        return String(decoding: answer.dropLast(), as: UTF8.self)
    }

    /// What the kernel says of it that only an attack would change; nothing when it is gone.
    private static func facts(of pid: pid_t) -> [String: String] {
        let kept: Set = [
            "State", "PPid", "TracerPid", "Uid", "Gid", "Groups", "Threads", "SigIgn", "SigCgt", "CapInh",
            "CapPrm",
            "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Cpus_allowed", "Mems_allowed",
        ]
        guard let status = try? File.text(at: "/proc/\(pid)/status") else { return [:] }
        var facts: [String: String] = [:]
        for line in status.split(separator: "\n") {
            let (name, value) = (line.prefix { $0 != ":" }, line.drop { $0 != ":" }.dropFirst())
            guard kept.contains(String(name)) else { continue }
            facts[String(name)] = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        facts["State"] = facts["State"].map { String($0.prefix(1)) }
        for name in ["limits", "oom_score_adj", "timerslack_ns"] {
            facts[name] = try? File.text(at: "/proc/\(pid)/\(name)")
        }
        // proc_pid_stat(5): priority, nice and starttime, then rt_priority and policy; its name may hold anything.
        if let stat = try? File.text(at: "/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")") {
            let fields = stat[end...].split(separator: " ")
            for (name, place) in [("nice", 17), ("start", 20), ("rt_priority", 38), ("policy", 39)]
            where fields.indices.contains(place) {
                facts[name] = String(fields[place])
            }
        }
        return facts
    }
}
