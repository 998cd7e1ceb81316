import Foundation
import SandboxModel
import SandboxProbe
import Sanderling
import Testing

/// What a program sees and can write of files.
@Suite struct FileSystemTests {
    /// A directory of the host's with a secret in it, gone with this value.
    private final class Secret {
        let directory: URL
        let text = "secret-\(UInt64.random(in: 0...UInt64.max))"
        var path: String { directory.appending(path: "secret.txt").path }

        init() throws {
            directory = FileManager.default.temporaryDirectory.appending(
                path: "sanderling-test-" + UUID().uuidString
            )
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: directory.path)
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
        }

        deinit { try? FileManager.default.removeItem(at: directory) }
    }

    private static let reader = """
        import sys
        for path in sys.argv[1:]:
            try:
                with open(path) as file: print("read", file.read())
            except OSError as error: print("failed")
        """

    @Test(arguments: FilesystemAccess.allCases)
    func `a file of the host's is not to be found`(filesystem: FilesystemAccess) async throws {
        let secret = try Secret()
        #expect(try Probe.outside(Self.reader, [secret.path]).output == "read \(secret.text)\n")
        let prefixes = [
            "", "/proc/1/root", "/proc/self/root/..", "/work/../..", "/proc/self/cwd/../..", "/proc/1/cwd",
            "/..",
            "/proc/self/fd/0/..", "/proc/thread-self/root",
        ]
        let result = try await Probe.python(
            Self.reader,
            arguments: prefixes.map { $0 + secret.path },
            policy: Policy(filesystem: filesystem),
        )
        #expect(result.lines == prefixes.map { _ in "failed" }, result.shown)
    }

    /// Waits for word of what another process does in a directory, by each way in which the kernel tells of it.
    private static let watcher = """
        import ctypes, errno, fcntl, os, select, signal, sys, time
        libc = ctypes.CDLL(None, use_errno=True)
        watch = libc.inotify_init()
        if watch < 0 or libc.inotify_add_watch(watch, b"/usr/bin", 0xfff) < 0:
            print("inotify: " + errno.errorcode[ctypes.get_errno()])
        told = []
        signal.signal(signal.SIGIO, lambda number, frame: told.append(number))
        directory = os.open("/usr/bin", os.O_RDONLY)
        for name, command in (("notify", fcntl.F_NOTIFY), ("lease", fcntl.F_SETLEASE)):
            try:
                fcntl.fcntl(directory if name == "notify" else os.open("/usr/bin/env", os.O_RDONLY), command,
                            fcntl.DN_ACCESS | fcntl.DN_MULTISHOT if name == "notify" else fcntl.F_RDLCK)
            except OSError as error:
                print(name + ": " + errno.errorcode[error.errno])
        print("ready", flush=True)
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline and watch >= 0:
            if select.select([watch], [], [], 0.1)[0]:
                print("told")
                break
        """

    @Test func `nothing tells a program what the host does to files that it can read`() async throws {
        // Outside, opening the directory is enough for both.
        let toucher = Task.detached {
            while !Task.isCancelled {
                _ = try? FileManager.default.contentsOfDirectory(atPath: "/usr/bin")
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
        defer { toucher.cancel() }
        #expect(try Probe.outside(Self.watcher).output.hasSuffix("ready\ntold\n"))
        let result = try await Probe.python(Self.watcher)
        #expect(result.lines == ["inotify: ENOSYS", "notify: EPERM", "lease: EPERM", "ready"], result.shown)
    }

    /// Writes into /proc what the kernel lets anyone write for himself, and says what became of it.
    private static let selfWriter = """
        import errno
        for name, value in (("oom_score_adj", "0"), ("comm", "renamed"), ("coredump_filter", "0x7f"), ("timerslack_ns", "1")):
            try:
                with open("/proc/self/" + name, "w") as file: file.write(value)
                print("wrote")
            except OSError as error: print(errno.errorcode[error.errno])
        """

    @Test func `nothing in proc can be written, the program's own included`() async throws {
        #expect(try Probe.outside(Self.selfWriter).output.hasSuffix("wrote\nwrote\nwrote\n"))
        let result = try await Probe.python(
            Self.selfWriter + """

                print(open("/proc/self/oom_score_adj").read().strip())
                """
        )
        let refusals = result.lines.dropLast()
        #expect(
            refusals.count == 4 && refusals.allSatisfy { ["EACCES", "EROFS"].contains($0) },
            result.shown,
        )
        #expect(result.lines.last == "1000")
    }

    @Test func `a program can use a device, and leaves no trace in the host's inode`() async throws {
        // Who may write to a file may set its time stamps to the present.
        let writer = """
            import os, time
            before = os.stat("/dev/null").st_mtime_ns
            time.sleep(0.05)
            with open("/dev/null", "wb") as file: file.write(b"x")
            try: os.utime("/dev/null")
            except OSError as error: print(error.strerror)
            print(os.stat("/dev/null").st_mtime_ns != before)
            """
        #expect(try Probe.outside(writer).output == "True\n")
        #expect(try await Probe.python(writer).lines == ["Read-only file system", "False"])
    }

    @Test(arguments: [
        "/root", "/home", "/var", "/etc/shadow", "/etc/hostname", "/sys", "/boot", "/run", "/mnt", "/opt",
    ])
    func `places of the host's are absent or hold nothing of it`(path: String) async throws {
        let result = try await Probe.python(
            """
            import os, sys
            path = sys.argv[1]
            try: print("list", os.listdir(path))
            except NotADirectoryError: print("file", open(path).read())
            except OSError as error: print("failed", error.errno)
            """,
            arguments: [path],
        )
        #expect(
            ["failed 2", "failed 13", "list []", "file sandbox"].contains(result.lines.first),
            result.shown,
        )
    }

    /// Walks everything there is and tries to write each place; prints those where it succeeds.
    private static let writer = """
        import os, stat
        seen = 0
        def try_write(path, mode):
            try:
                if stat.S_ISDIR(mode):
                    os.mkdir(path + "/x-probe")
                    os.rmdir(path + "/x-probe")
                elif stat.S_ISREG(mode):
                    os.close(os.open(path, os.O_WRONLY))
                else: return
                print(path)
            except OSError: pass
        for root, directories, files in os.walk("/", followlinks=False):
            if root.startswith("/usr/") and root.count("/") > 3: directories[:] = []
            if root == "/proc": directories[:] = [d for d in directories if d in ("self", "1", "sys", "fs", "irq", "bus", "scsi", "tty")]
            if root.startswith("/proc/") and root.count("/") > 3 and not root.startswith("/proc/sys"): directories[:] = []
            for name in [""] + files:
                path = os.path.join(root, name) if name else root
                seen += 1
                try: try_write(path, os.lstat(path).st_mode)
                except OSError: pass
        print("seen", seen)
        """

    /// Files of a process's own /proc directory speak of that process only.
    private func isOwn(_ path: String) -> Bool { path.hasPrefix("/proc/self/") }

    @Test func `with no file system nothing can be written anywhere`() async throws {
        let result = try await Probe.python(
            Self.writer,
            limits: Limits(wallTime: .seconds(60), cpuTime: .seconds(60)),
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.lines.dropLast().filter { !isOwn($0) }.isEmpty, result.shown)
        let seen = try #require(result.lines.last?.split(separator: " ").last.flatMap { Int($0) })
        #expect(seen > 1_000, "the walk saw \(seen) places")
    }

    @Test func `with scratch three places can be written and no other`() async throws {
        let result = try await Probe.python(
            Self.writer,
            policy: Policy(filesystem: .scratch),
            limits: Limits(wallTime: .seconds(60), cpuTime: .seconds(60)),
        )
        #expect(result.verdict == .ok, result.shown)
        let written = Set(result.lines.dropLast().filter { !isOwn($0) })
        #expect(written == ["/work", "/work/main.py", "/tmp", "/dev/shm"], result.shown)
    }

    @Test func `settings of the kernel cannot be changed`() async throws {
        let result = try await Probe.python(
            """
            import os
            for path in ("/proc/sys/kernel/hostname", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger",
                         "/proc/sys/net/ipv4/ip_forward", "/proc/sys/user/max_user_namespaces", "/proc/sys/vm/drop_caches"):
                try:
                    os.close(os.open(path, os.O_WRONLY))
                    print("opened", path)
                except OSError: pass
            """
        )
        #expect(result.output.isEmpty, result.shown)
        #expect(result.verdict == .ok)
    }

    @Test func `what may be written is gone for the next program`() async throws {
        let code = """
            import os
            print(sorted(p for d in ("/work", "/tmp", "/dev/shm") for p in os.listdir(d)))
            for directory in ("/work", "/tmp", "/dev/shm"): open(directory + "/left", "w").write("left")
            """
        for _ in 0..<2 {
            let result = try await Probe.python(code, policy: Policy(filesystem: .scratch))
            #expect(result.output == "['main.py']\n", result.shown)
        }
    }

    // MARK: Mounts

    private static let mounted = """
        import os
        print(open("/data/secret.txt").read())
        try:
            open("/data/secret.txt", "w").write("changed")
            open("/data/new", "w").write("new")
            print("written")
        except OSError as error: print("refused", error.errno)
        """

    @Test func `a directory mounted by name can be read and not written`() async throws {
        let secret = try Secret()
        let mount = Mount(source: secret.directory.path, destination: "/data")
        let result = try await Probe.python(Self.mounted, policy: Policy(mounts: [mount]))
        #expect(result.lines.first == secret.text, result.shown)
        #expect(result.lines.last?.hasPrefix("refused") == true, result.shown)
        #expect(try String(contentsOfFile: secret.path, encoding: .utf8) == secret.text)
    }

    @Test func `a directory mounted writable can be written`() async throws {
        let secret = try Secret()
        let mount = Mount(source: secret.directory.path, destination: "/data", writable: true)
        let result = try await Probe.python(Self.mounted, policy: Policy(mounts: [mount]))
        #expect(result.lines == [secret.text, "written"], result.shown)
        #expect(try String(contentsOfFile: secret.path, encoding: .utf8) == "changed")
    }

    @Test func `a link in a mounted directory leads nowhere on the host`() async throws {
        let secret = try Secret()
        let other = try Secret()
        try FileManager.default.createSymbolicLink(
            atPath: secret.directory.appending(path: "link").path,
            withDestinationPath: other.path,
        )
        let mount = Mount(source: secret.directory.path, destination: "/data")
        let result = try await Probe.python(
            Self.reader,
            arguments: ["/data/link"],
            policy: Policy(mounts: [mount]),
        )
        #expect(result.output == "failed\n", result.shown)
    }

    // MARK: The program's own files

    @Test func `files that came along are there, with their modes`() async throws {
        var program = Program.python(
            """
            import os, subprocess
            print(open("data/in/a.txt").read(), oct(os.stat("data/in/a.txt").st_mode & 0o777))
            print(subprocess.run(["./tool"], capture_output=True, text=True).stdout.strip())
            """
        )
        program.files = [
            ProgramFile(path: "data/in/a.txt", contents: Array("A".utf8)),
            ProgramFile(path: "tool", contents: Array("#!/bin/sh\necho tool\n".utf8), executable: true),
        ]
        for filesystem in FilesystemAccess.allCases {
            let result = try await Probe.run(program, policy: Policy(filesystem: filesystem))
            #expect(result.lines == ["A 0o644", "tool"], result.shown)
        }
    }
}
