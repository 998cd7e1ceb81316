import Glibc

/// A trusted tool of the host, run for what it prints.
enum HostTool {
    /// What `executable` prints on both streams, or `nil` when it cannot be started, fails or takes longer than `patience`.
    ///
    /// At most 64 KiB are kept. It reads nothing and is killed, with the group it leads, when its time is up.
    static func output(
        of executable: String,
        arguments: [String],
        environment: [String: String] = [:],
        patience: Duration = .seconds(5),
    ) -> String? {
        // A socket pair, unlike pipe(2), is born with CLOEXEC: no child that another thread starts keeps it open.
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
        defer { close(ends[0]) }
        let child = start(executable, arguments: arguments, environment: environment, output: ends[1])
        close(ends[1])
        guard let child else { return nil }
        let deadline = ContinuousClock.now + patience
        let text = collect(from: ends[0], until: deadline)
        return exitStatus(of: child, until: text == nil ? .now : deadline) == 0 ? text : nil
    }

    /// The wait status of `child`, which is killed at `deadline` if it lives so long.
    private static func exitStatus(of child: pid_t, until deadline: ContinuousClock.Instant) -> CInt {
        var status: CInt = 0
        // Its streams are closed, so that it has all but ended: waiting for it in earnest would need a pidfd.
        while ContinuousClock.now < deadline {
            guard waitpid(child, &status, WNOHANG) == 0 else { return status }
            usleep(200)
        }
        kill(-child, SIGKILL)
        while waitpid(child, &status, 0) == -1, errno == EINTR {}
        return status
    }

    private static func start(
        _ executable: String,
        arguments: [String],
        environment: [String: String],
        output: CInt,
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        guard posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))

        let merged = HostEnvironment.current.merging(environment) { $1 }
        let argumentPointers = ([executable] + arguments).map { strdup($0) } + [nil]
        let environmentPointers = merged.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var child: pid_t = 0
        let failure = posix_spawn(
            &child,
            executable,
            &actions,
            &attributes,
            argumentPointers,
            environmentPointers,
        )
        return failure == 0 ? child : nil
    }

    /// Everything up to the end of the stream, or `nil` when `deadline` comes first.
    private static func collect(from descriptor: CInt, until deadline: ContinuousClock.Instant) -> String? {
        var kept: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let left = (deadline - .now) / .milliseconds(1)
            guard left > 0 else { return nil }
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, CInt(left.rounded(.up))) > 0 else { continue }
            let received = read(descriptor, &buffer, buffer.count)
            // A peer that dies with data of ours unread resets the connection, which is an end like any other.
            guard received > 0 else { return String(decoding: kept, as: UTF8.self) }
            kept += buffer[..<received].prefix(65_536 - kept.count)
        }
    }
}
