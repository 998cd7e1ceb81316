import Foundation
import Glibc
import LinuxKernel
import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Programs that Landlock and the filter keep in, with no namespace around them.
///
/// As an ordinary user, a program has the identity of everything that it must not reach: each probe succeeds outside first.
@Suite struct FenceTests {
    private static let policy = Policy(isolation: .landlock)
    private static let scratch = Policy(filesystem: .scratch, isolation: .landlock)
    /// For programs that something else ends, however busy the host is.
    private static let patient = Limits(wallTime: .seconds(300))

    /// Runs a program among the host's processes; under root, as a user that owns nothing.
    private func run(
        _ program: Program,
        policy: Policy = policy,
        limits: Limits = Limits(),
    ) async throws -> ExecutionResult {
        try await Probe.run(program, policy: policy, limits: limits)
    }

    /// Runs a Python probe as the ordinary user that this process is, in a sandbox of its own.
    private static func inside(_ code: String, _ arguments: [String]) async throws -> ExecutionResult {
        var policy = policy
        policy.allowMissing = OrdinaryUser.withoutCgroups
        let configuration = Sandbox.Configuration(compileCache: .off, readyCells: 0, isolation: .landlock)
        return try await withSandbox(configuration) { sandbox in
            try await sandbox.execute(
                Program(language: "python", code: code, arguments: arguments),
                policy: policy,
            )
        }
    }

    /// A probe of attempts by name: it prints those that succeed, and `done` in the end.
    private static func probe(_ attempts: String) -> String {
        """
        import os, sys, ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        def called(result):
            if result < 0: raise OSError(ctypes.get_errno(), "refused")
        attempts = {}
        def attempt(body):
            try: body()
            except OSError: return
            print(body.__name__)
        \(attempts)
        print("done")
        """
    }

    // MARK: What it says of itself

    @Test func `what is missing is listed, and what is there`() async throws {
        let result = try await run(.bash("id -u; pwd"))
        #expect(result.verdict == .ok, result.shown)
        #expect(result.isolation.kind == .landlock)
        #expect(result.isolation.enforcement == .partial)
        #expect(Set(result.isolation.missing) == IsolationKind.landlock.absentLayers)
        #expect(Set(result.isolation.layers).isSuperset(of: IsolationKind.landlock.indispensableLayers))
    }

    @Test func `nobody who did not ask for it gets it`() async throws {
        #expect(Policy().isolation == .namespaces)
        #expect(try await Probe.run(.bash("exit 0")).isolation.kind == .namespaces)
        let old =
            #"{"network":"none","filesystem":"none","mounts":[],"modules":{"denied":[]},"allow_missing":[]}"#
        #expect(try JSONDecoder().decode(Policy.self, from: Data(old.utf8)) == Policy())
    }

    @Test(arguments: IsolationKind.landlock.indispensableLayers.sorted { $0.rawValue < $1.rawValue })
    func `a layer that it stands on is required, whatever the caller accepts`(layer: Layer) throws {
        let requirements = LayerRequirements(policy: Self.policy, limits: Limits())
        let report = LayerReport(layer: layer, isEnforced: false, detail: "not there")
        let error = try #require(throws: SandboxError.self) {
            try requirements.settle(unavailable: [layer: report], allowMissing: Set(Layer.allCases))
        }
        #expect(error.layers == [layer])
    }

    @Test(arguments: [
        Policy(network: .loopback, isolation: .landlock),
        Policy(mounts: [Mount(source: "/etc", destination: "/data")], isolation: .landlock),
        Policy(modules: ModulePolicy(denied: ["os"]), isolation: .landlock),
    ])
    func `what takes a namespace is refused with the mend`(policy: Policy) async throws {
        let error = try await #require(throws: SandboxError.self) {
            try await run(Program(language: "python", code: "print(1)"), policy: policy)
        }
        #expect(error.code == .layerUnavailable)
        #expect(error.mend != nil)
    }

    @Test(arguments: [0o077, 0o777])
    func `the umask of whoever starts it takes nothing from it`(mask: UInt32) async {
        for isRoot in [true, false] {
            await #expect(processExitsWith: .success) { [mask, isRoot = isRoot as Bool] in
                let directory = isRoot ? nil : try OrdinaryUser.become()
                if let directory { try FileManager.default.removeItem(atPath: directory) }
                umask(mask)
                let result = try await FenceTests.inside("print(open(__file__).read(5))", [])
                #expect(result.output == "print\n", result.shown)
            }
        }
    }

    // MARK: Walls

    @Test func `under root a program is a user that nothing belongs to, another in each fence`() async throws
    {
        try #require(geteuid() == 0)
        let ids = try await [run(.bash("id -u; id -G")).output, run(.bash("id -u; id -G")).output]
        for id in ids {
            let lines = id.split(separator: "\n")
            #expect(lines.count == 2 && lines[0] == lines[1], "\(id)")
            #expect(UInt32(lines.first ?? "").map { $0 >= 0x6000_0000 } ?? false, "\(id)")
        }
        #expect(ids[0] != ids[1])
    }

    @Test func `no file of the user's can be opened, changed or told apart by what is in it`() async {
        await #expect(processExitsWith: .success) {
            let directory = try OrdinaryUser.become()
            let code = FenceTests.probe(
                """
                path = sys.argv[1] + "/secret"
                other = sys.argv[1] + "/other"
                def reads(): open(path).read()
                def lists(): os.listdir(sys.argv[1])
                def executes():
                    if os.spawnv(os.P_WAIT, sys.argv[1] + "/program", ["program"]) != 0: raise OSError(1, "")
                def writes(): os.close(os.open(path, os.O_WRONLY))
                def truncates(): os.truncate(path, 6)
                def truncates_by_opening(): os.close(os.open(path, os.O_RDONLY | os.O_TRUNC))
                def changes_permissions(): os.chmod(path, 0o644)
                def changes_permissions_by_descriptor():
                    called(libc.syscall(452, os.open(path, os.O_PATH), b"", 0o644, 0x1000))
                def changes_owner(): os.chown(path, os.getuid(), os.getgid())
                def changes_times(): os.utime(path, (1, 1))
                def sets_attribute(): os.setxattr(path, "user.mark", b"1")
                def reads_attribute(): os.getxattr(path, "user.there")
                def links():
                    os.link(path, other); os.unlink(other)
                def renames():
                    os.rename(path, other); os.rename(other, path)
                def makes():
                    os.close(os.open(other, os.O_CREAT | os.O_WRONLY)); os.unlink(other)
                def makes_directory():
                    os.mkdir(other); os.rmdir(other)
                def makes_link():
                    os.symlink("x", other); os.unlink(other)
                def makes_pipe():
                    os.mkfifo(other); os.unlink(other)
                def removes_and_makes_again():
                    os.unlink(path); open(path, "w").write("secret")
                for body in (reads, lists, executes, writes, changes_permissions,
                        changes_permissions_by_descriptor, changes_owner, changes_times, sets_attribute, reads_attribute,
                        links, renames, makes, makes_directory, makes_link, makes_pipe, truncates, truncates_by_opening,
                        removes_and_makes_again): attempt(body)
                """
            )
            let secret = directory + "/secret"
            try "secret".write(toFile: secret, atomically: false, encoding: .utf8)
            let marking = "import os, sys; os.setxattr(sys.argv[1], 'user.there', b'1')"
            #expect(try Probe.outside(marking, [secret]).exitCode == 0)
            #expect(chmod(secret, 0o600) == 0)
            try "#!/bin/sh\n".write(toFile: directory + "/program", atomically: false, encoding: .utf8)
            #expect(chmod(directory + "/program", 0o755) == 0)
            let outside = try Probe.outside(code, [directory])
            // fchmodat2 is newer than some kernels.
            #expect(outside.output.split(separator: "\n").count >= 19, "\(outside.output)")
            try "secret".write(toFile: secret, atomically: false, encoding: .utf8)
            let result = try await FenceTests.inside(code, [directory])
            #expect(result.verdict == .ok && result.output == "done\n", result.shown)
            #expect(try String(contentsOfFile: secret, encoding: .utf8) == "secret")
            try? FileManager.default.removeItem(atPath: directory)
        }
    }

    @Test func `no process of the user's can be signalled, slowed down or read`() async {
        await #expect(processExitsWith: .success) {
            let directory = try OrdinaryUser.become()
            let victim = Foundation.Process()
            victim.executableURL = URL(filePath: "/bin/sleep")
            victim.arguments = ["1000"]
            try victim.run()
            let code = FenceTests.probe(
                """
                import signal, fcntl, resource
                victim = int(sys.argv[1])
                def signals(): os.kill(victim, signal.SIGCONT)
                def signals_thread(): called(libc.syscall(200, victim, signal.SIGCONT))
                def signals_thread_of_group(): called(libc.syscall(234, victim, victim, signal.SIGCONT))
                def queues(): called(libc.syscall(129, victim, signal.SIGCONT, ctypes.create_string_buffer(
                    b"\\0" * 8 + (-1 & 0xffffffff).to_bytes(4, "little") + b"\\0" * 116)))
                def signals_by_descriptor(): signal.pidfd_send_signal(os.pidfd_open(victim), signal.SIGCONT)
                def owns_signals(): fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, victim)
                def limits(): resource.prlimit(victim, resource.RLIMIT_CORE, (0, 0))
                def nice(): os.setpriority(os.PRIO_PROCESS, victim, 1)
                def nice_for_all(): os.setpriority(os.PRIO_USER, 0, 1)
                def pins(): os.sched_setaffinity(victim, {0})
                def schedules(): os.sched_setscheduler(victim, os.SCHED_BATCH, os.sched_param(0))
                def priority_of_disk(): called(libc.syscall(251, 1, victim, 3 << 13))
                def reads_arguments(): open(f"/proc/{victim}/cmdline").read()
                def reads_environment(): open(f"/proc/{victim}/environ").read()
                def reads_memory(): os.close(os.open(f"/proc/{victim}/mem", os.O_RDONLY))
                def lists(): os.listdir("/proc")
                def connections(): open("/proc/self/net/unix").read()
                def mounts(): open("/proc/self/mountinfo").read()
                for body in (signals, signals_thread, signals_thread_of_group, queues, signals_by_descriptor, owns_signals,
                        limits, nice, nice_for_all, pins, schedules, priority_of_disk, reads_arguments, reads_environment,
                        reads_memory, lists, connections, mounts): attempt(body)
                try: os.kill(int(sys.argv[2]), signal.SIGKILL)
                except OSError: pass
                """
            )
            let pid = String(victim.processIdentifier)
            let outside = try Probe.outside(code, [pid, pid])
            #expect(outside.output.split(separator: "\n").count == 19, "\(outside.output)")
            let another = Foundation.Process()
            another.executableURL = victim.executableURL
            another.arguments = victim.arguments
            try another.run()
            let number = String(another.processIdentifier)
            let result = try await FenceTests.inside(code, [number, "-1"])
            #expect(result.output == "done\n", result.shown)
            #expect(kill(another.processIdentifier, 0) == 0)
            #expect(another.isRunning)
            // It may have inherited that SIGTERM is blocked.
            kill(another.processIdentifier, SIGKILL)
            try? FileManager.default.removeItem(atPath: directory)
        }
    }

    @Test func `nothing can be spoken to, and no object of the host's shared`() async {
        await #expect(processExitsWith: .success) {
            let directory = try OrdinaryUser.become()
            let code = FenceTests.probe(
                """
                import socket
                path = sys.argv[1] + "/socket"
                def local(): socket.socket(socket.AF_UNIX).close()
                def internet(): socket.socket(socket.AF_INET).close()
                def netlink(): socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close()
                def datagrams_to_a_path():
                    one, two = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
                    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); listener.bind(path)
                    one.sendto(b"x", path); os.unlink(path)
                def shared_memory():
                    called(libc.shmctl(libc.shmget(0, 4096, 0o1600), 0, None))
                def semaphores():
                    called(libc.semctl(libc.semget(0, 1, 0o1600), 0, 0))
                def messages():
                    called(libc.msgctl(libc.msgget(0, 0o1600), 0, None))
                def named_memory():
                    name = f"/sanderling-{os.getpid()}".encode()
                    called(libc.shm_open(name, 0o102, 0o600)); called(libc.shm_unlink(name))
                for body in (local, internet, netlink, datagrams_to_a_path, shared_memory, semaphores, messages,
                        named_memory): attempt(body)
                a, b = socket.socketpair(); a.send(b"pair"); print(b.recv(4).decode())
                """
            )
            let outside = try Probe.outside(code, [directory])
            #expect(outside.output.split(separator: "\n").count == 10, "\(outside.output)")
            let result = try await FenceTests.inside(code, [directory])
            #expect(result.output == "pair\ndone\n", result.shown)
            try? FileManager.default.removeItem(atPath: directory)
        }
    }

    /// By a shell, whose family may use them: Python's may not, anywhere.
    @Test func `no System V object is made`() async throws {
        let program = Program.bash(
            "for kind in --shmem=64 --semaphore=1 --queue; do ipcmk $kind > /dev/null 2>&1 && echo made; done; echo done"
        )
        let cell = try await Probe.run(program)
        #expect(cell.output == "made\nmade\nmade\ndone\n", cell.shown)
        let result = try await run(program)
        #expect(result.output == "done\n", result.shown)
        #expect(
            Set(result.violations.map(\.name)).isSuperset(of: ["shmget", "semget", "msgget"]),
            result.shown,
        )
    }

    @Test func `init is out of reach`() async throws {
        let result = try await run(
            Program(
                language: "python",
                code: Self.probe(
                    """
                    def signals(): os.kill(os.getppid(), 0)
                    def reads(): os.close(os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY))
                    def traces(): called(libc.ptrace(16, os.getppid(), 0, 0))
                    for body in (signals, reads, traces): attempt(body)
                    """
                ),
            )
        )
        #expect(result.output == "done\n", result.shown)
    }

    // MARK: Endings

    /// Programs that leave others behind in every way, as long as they live.
    private static let leavers = [
        "daemon": "(setsid sleep 1000 &) ; (sleep 1000 & sleep 1000 &) ; exit 0",
        "double fork": "bash -c 'bash -c \"sleep 1000\" & disown; exit' & disown; sleep 0.1; exit 0",
        "stopped": "sleep 1000 & kill -STOP $!; exit 0",
        "deaf": "trap '' TERM HUP INT; (trap '' TERM HUP INT; sleep 1000) & exit 0",
    ]

    @Test(arguments: leavers.keys.sorted())
    func `whoever the program leaves behind ends with it`(name: String) async throws {
        let marker = "sanderling-fence-\(UInt64.random(in: 0...UInt64.max))"
        let code = "exec -a \(marker) sleep 1000 & \(try #require(Self.leavers[name]))"
        let result = try await run(Program(language: "bash", code: code, arguments: [marker]))
        #expect(result.verdict == .ok, result.shown)
        #expect(HostProcesses.withArgument(marker).isEmpty)
    }

    @Test func `processes that do nothing but fork and end are all gone when their time is up`() async throws
    {
        let marker = "sanderling-storm-\(UInt64.random(in: 0...UInt64.max))"
        let result = try await run(
            Program(
                language: "python",
                code: """
                    import os
                    for _ in range(16): os.fork()
                    while True:
                        try:
                            if os.fork(): os._exit(0)
                            os.setsid()
                        except OSError: pass
                    """,
                arguments: [marker],
            ),
            limits: Limits(wallTime: .seconds(1), processes: 64),
        )
        #expect(![.internalError].contains(result.verdict), result.shown)
        #expect(HostProcesses.withArgument(marker).isEmpty)
        #expect(try await run(.bash("echo next")).output == "next\n")
    }

    /// Whose end must take the program along.
    enum Killed: String, CaseIterable, Codable { case initProcess, launcher }

    @Test(arguments: Killed.allCases)
    func `when init or the launcher is killed the program ends`(killed: Killed) async throws {
        let marker = "sanderling-orphan-\(UInt64.random(in: 0...UInt64.max))"
        let configuration = Sandbox.Configuration(compileCache: .off, readyCells: 0, isolation: .landlock)
        try await withSandbox(configuration) { sandbox in
            let program = Program(
                language: "python",
                code: """
                    import os, time
                    for _ in range(3):
                        if os.fork() == 0: os.setsid(); time.sleep(1000)
                    print(os.getppid(), flush=True)
                    time.sleep(1000)
                    """,
                arguments: [marker],
            )
            do {
                for try await event in sandbox.events(of: program, policy: Self.policy, limits: Self.patient)
                {
                    guard case .stdout(let bytes) = event else { continue }
                    let text = String(decoding: bytes, as: UTF8.self)
                    let initProcess = try #require(Int32(text.dropLast()))
                    #expect(HostProcesses.withArgument(marker).count == 4)
                    let target = killed == .initProcess ? initProcess : try Self.parent(of: initProcess)
                    #expect(kill(target, SIGKILL) == 0)
                }
            } catch {
                // What the host says of it is not the point.
            }
            for _ in 0..<500 where !HostProcesses.withArgument(marker).isEmpty {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(HostProcesses.withArgument(marker).isEmpty)
        }
    }

    private static func parent(of pid: Int32) throws -> Int32 {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("PPid:") })
        return try #require(Int32(line.split(separator: "\t")[1]))
    }

    @Test func `when the host is killed the program ends, and the next sandbox removes the files`()
        async throws
    {
        let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
            let marker = "sanderling-lost-\(UInt64.random(in: 0...UInt64.max))"
            let configuration = Sandbox.Configuration(
                compileCache: .off,
                readyCells: 0,
                isolation: .landlock,
            )
            let sandbox = try await Sandbox(configuration: configuration)
            let program = Program(
                language: "bash",
                code: "pwd; sleep 1000 & sleep 1000",
                arguments: [marker],
            )
            for try await event in sandbox.events(
                of: program,
                policy: FenceTests.policy,
                limits: FenceTests.patient,
            ) {
                guard case .stdout(let bytes) = event else { continue }
                print("\(marker)\n\(String(decoding: bytes, as: UTF8.self))")
                fflush(nil)
                kill(getpid(), SIGKILL)
            }
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let lines = output.split(separator: "\n").map(String.init)
        let marker = try #require(lines.first { $0.hasPrefix("sanderling-lost-") })
        let directory = try #require(lines.first { $0.hasPrefix(FenceGround.parent) })
        for _ in 0..<500 where !HostProcesses.withArgument(marker).isEmpty {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(HostProcesses.withArgument(marker).isEmpty)
        try await withSandbox(.init(compileCache: .off, readyCells: 0, isolation: .landlock)) { _ in }
        #expect(!FileManager.default.fileExists(atPath: directory))
        let ground = ((directory as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
        #expect(!FileManager.default.fileExists(atPath: ground))
    }

    @Test
    func `when all who watch are killed at once, the next sandbox ends the program and removes its files`()
        async throws
    {
        let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
            let marker = "sanderling-unwatched-\(UInt64.random(in: 0...UInt64.max))"
            let sandbox = try await Sandbox(
                configuration: .init(compileCache: .off, readyCells: 0, isolation: .landlock)
            )
            let code = """
                import os, time
                for _ in range(4):
                    if os.fork(): continue
                    os.setsid()
                    # A directory that is never empty for long.
                    os.mkdir(str(os.getpid()))
                    os.chdir(str(os.getpid()))
                    while True:
                        for name in "abcdefghijklmnopqrstuvwxyz":
                            try: open(name, "w").close()
                            except OSError: pass
                while sum(map(os.path.isdir, os.listdir())) < 4: time.sleep(0.01)
                print(os.getppid(), os.getcwd(), flush=True)
                time.sleep(1000)
                """
            let program = Program(language: "python", code: code, arguments: [marker])
            for try await event in sandbox.events(
                of: program,
                policy: FenceTests.scratch,
                limits: FenceTests.patient,
            ) {
                guard case .stdout(let bytes) = event else { continue }
                let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
                let initProcess = try #require(words.first.flatMap { Int32($0) })
                let launcher = try FenceTests.parent(of: initProcess)
                print("\(marker)\n\(words[1])")
                fflush(nil)
                for pid in [launcher, initProcess] { kill(pid, SIGSTOP) }
                for pid in [initProcess, launcher, getpid()] { kill(pid, SIGKILL) }
            }
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let lines = output.split(separator: "\n").map(String.init)
        let marker = try #require(lines.first { $0.hasPrefix("sanderling-unwatched-") })
        let directory = try #require(lines.first { $0.hasPrefix(FenceGround.parent) })
        try await withSandbox(.init(compileCache: .off, readyCells: 0, isolation: .landlock)) { _ in }
        #expect(HostProcesses.withArgument(marker).isEmpty)
        let fence = (directory as NSString).deletingLastPathComponent as NSString
        #expect(!FileManager.default.fileExists(atPath: fence.deletingLastPathComponent))
    }

    @Test func `files are swept when the cgroups of those who may still write them have been`() throws {
        let left = FenceGround.parent + "/sanderling-fences-left-\(UInt64.random(in: 0...UInt64.max))"
        try #require(mkdir(left, 0o700) == 0)
        let owner = open(left, O_RDONLY | O_DIRECTORY)
        try #require(flock(owner, LOCK_EX | LOCK_NB) == 0)
        func placementWithoutTheOwner() throws -> CgroupPlacement {
            // Not by closing: a process that is being started has the descriptor too, for a moment.
            flock(owner, LOCK_UN)
            return try .ofThisProcess()
        }
        let engine = try Engine.ready(below: placementWithoutTheOwner(), isolation: .landlock)
        #expect(access(left, F_OK) != 0)
        engine.shutDown()
        close(owner)
        rmdir(left)
    }

    // MARK: Limits, files and evidence

    /// Programs that have more than their disk limit of 4 MB in 1,024 files, out of sight as far as they can.
    private static let hoarders = [
        "in a directory that is closed": "os.mkdir('d', 0o300); fill('d/a')",
        "in directories that are closed": """
        os.umask(0o777); os.mkdir('d'); os.umask(0o477); os.mkdir('e'); os.mkdir('e/f'); os.umask(0); fill('e/f/a')
        """,
        "deep": "nest(200); fill('a')",
        "deeper than a path can name": "nest(5000); fill('a')",
        "as links": "for n in range(2000): os.symlink('x', str(n))",
        "as pipes": "for n in range(2000): os.mkfifo(str(n))",
        "as names of one file": "open('a', 'w'); [os.link('a', str(n)) for n in range(2000)]",
        "as directories": "for n in range(2000): os.mkdir(str(n), 0)",
    ]

    @Test(arguments: hoarders.keys.sorted())
    func `what a program has is found wherever it is`(place: String) async throws {
        let code = """
            import os, time
            def fill(path): open(path, 'wb').write(bytes(8 << 20))
            def nest(levels):
                for _ in range(levels): os.mkdir('d'); os.chdir('d')
            \(try #require(Self.hoarders[place]))
            time.sleep(1000)
            """
        let result = try await run(
            Program(language: "python", code: code),
            policy: Self.scratch,
            limits: Limits(wallTime: .seconds(300), memory: .megabytes(128), disk: .megabytes(4)),
        )
        #expect(result.verdict == .diskLimitExceeded, result.shown)
        #expect(
            result.limitsHit.contains { $0.limit == .disk && $0.evidence.source == "files" },
            result.shown,
        )
    }

    @Test func `what has no name any more is bounded by memory, and who ends at once is told of the limit`()
        async throws
    {
        let limits = Limits(memory: .megabytes(64), disk: .megabytes(4), fileSize: .megabytes(128))
        let nameless = """
            import os
            file = open('a', 'wb')
            os.unlink('a')
            while True: file.write(bytes(1 << 16))
            """
        let program = Program(language: "python", code: nameless)
        #expect(try await run(program, policy: Self.scratch, limits: limits).verdict == .memoryExceeded)
        let quick = Program(
            language: "python",
            code: "open('a', 'wb').write(bytes(8 << 20)); import os; os._exit(0)",
        )
        let result = try await run(quick, policy: Self.scratch, limits: limits)
        // Whether it was counted before it has ended is chance.
        #expect([.ok, .diskLimitExceeded].contains(result.verdict), result.shown)
        #expect(result.limitsHit.contains { $0.limit == .disk }, result.shown)
    }

    @Test func `what is within the limit is, under any umask, and however it is kept`() async throws {
        let code = """
            import os
            for mask in (0o077, 0o027, 0o777, 0):
                os.umask(mask)
                os.mkdir(f'd{mask}'); os.mkdir(f'e{mask}', 0o500); open(f'f{mask}', 'w').write('x')
            open('a', 'wb').write(bytes(3 << 20))
            for n in range(100): os.link('a', f'a{n}')
            for _ in range(500): os.mkdir('d'); os.chdir('d')
            print("done")
            """
        let result = try await run(
            Program(language: "python", code: code),
            policy: Self.scratch,
            limits: Limits(memory: .megabytes(128), disk: .megabytes(4)),
        )
        #expect(result.verdict == .ok && result.output == "done\n", result.shown)
    }

    @Test func `limits give the verdicts that they give in a cell`() async throws {
        let python = { Program(language: "python", code: $0) }
        let wall = Limits(wallTime: .milliseconds(300))
        #expect(try await run(.bash("sleep 1000"), limits: wall).verdict == .wallTimeExceeded)
        let processor = Limits(cpuTime: .milliseconds(300))
        #expect(try await run(python("while True: pass"), limits: processor).verdict == .cpuTimeExceeded)
        let memory = Limits(memory: .megabytes(32))
        #expect(try await run(python("bytearray(10**9)"), limits: memory).verdict == .memoryExceeded)
        let output = Limits(output: .kilobytes(1))
        #expect(try await run(.bash("yes"), limits: output).verdict == .outputLimitExceeded)
        let files = "while True: open('a', 'ab').write(bytes(1 << 16))"
        let disk = Limits(memory: .megabytes(256), disk: .megabytes(4), fileSize: .megabytes(128))
        #expect(
            try await run(python(files), policy: Self.scratch, limits: disk).verdict == .diskLimitExceeded
        )
        let many = "for n in range(10**6): open(str(n), 'w')"
        #expect(
            try await run(python(many), policy: Self.scratch, limits: disk).verdict == .diskLimitExceeded
        )
        let size = Limits(fileSize: .kilobytes(64))
        #expect(
            try await run(python(files), policy: Self.scratch, limits: size).verdict == .fileSizeExceeded
        )
        #expect(try await run(.bash("kill -9 $$")).verdict == .signaled)
        #expect(try await run(.bash("exit 137")).termination == .exited(code: 137))
    }

    @Test func `nothing can be written unless that was asked for, and then only in the program's own place`()
        async throws
    {
        let code = """
            cd "$HOME"; : > a && echo work; : > "$TMPDIR/a" && echo tmp; : > ../a && echo above
            : > /tmp/sanderling-fence && echo host
            """
        #expect(try await run(.bash(code)).output == "")
        #expect(try await run(.bash(code), policy: Self.scratch).output == "work\ntmp\n")
    }

    @Test func `its directories are gone once it is, though the sandbox is kept`() async throws {
        let result = try await run(.bash("pwd; mkdir -p a/b; : > a/b/c"), policy: Self.scratch)
        let work = result.output.trimmingCharacters(in: .newlines)
        #expect(work.hasPrefix("/dev/shm/sanderling-fences-"), result.shown)
        let own = URL(filePath: work).deletingLastPathComponent().path
        for _ in 0..<500 where FileManager.default.fileExists(atPath: own) {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(!FileManager.default.fileExists(atPath: own))
        #expect(FileManager.default.fileExists(atPath: URL(filePath: own).deletingLastPathComponent().path))
    }

    @Test func `what comes out is what the program made, and no link is followed`() async throws {
        var program = Program.bash(
            """
            mkdir d; echo mine > d/file; ln -s /etc/hostname link; ln -s /etc dir; mkfifo pipe
            ln /etc/hostname hard; echo last > file
            """
        )
        program.collect = ["**"]
        let result = try await run(program, policy: Self.scratch)
        let text = result.files.map { "\($0.path)=\(String(decoding: $0.contents, as: UTF8.self))" }
        #expect(text.filter { !$0.hasPrefix("main.sh") } == ["d/file=mine\n", "file=last\n"], result.shown)
    }

    @Test func `a compiler's program runs, though nothing may change permissions`() async throws {
        let code = """
            #include <stdio.h>
            #include <sys/stat.h>
            int main(void) { printf("%d\\n", chmod("main.c", 0777)); }
            """
        let result = try await run(Program(language: "c", code: code))
        #expect(result.output == "-1\n", result.shown)
        #expect(result.violations.contains { $0.name == "chmod" }, result.shown)
    }

    @Test func `arguments and variables of the author's that look like a cell's paths stay`() async throws {
        var program = Program(
            language: "bash",
            code: "echo $1 $PLACE; pwd | grep -c ^/dev/shm/",
            arguments: ["/work/x"],
        )
        program.environment = ["PLACE": "/tmp/y"]
        #expect(try await run(program).output == "/work/x /tmp/y\n1\n")
    }
}
