import Foundation
import Glibc
import LinuxKernel
import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Programs in containers of OCI runtimes, under the same limits and with the same verdicts.
///
/// One after another: gVisor takes the processors from tests beside these that have a limit on time.
@Suite(.serialized) struct ContainerTests {
    /// Runtimes whose containers are cells in all but who makes them.
    private static let onHostKernel: [OCIRuntime] = [.crun, .runc]

    /// For programs that something else ends, however busy the host is.
    private static let patient = Limits(wallTime: .seconds(300))

    private static func policy(_ runtime: OCIRuntime, _ filesystem: FilesystemAccess = .none) -> Policy {
        Policy(filesystem: filesystem, isolation: .oci(runtime))
    }

    private static func configuration(_ runtime: OCIRuntime) -> Sandbox.Configuration {
        .init(compileCache: .off, readyCells: 0, isolation: .oci(runtime))
    }

    private func run(
        _ program: Program,
        in runtime: OCIRuntime,
        _ filesystem: FilesystemAccess = .none,
        limits: Limits = Limits(),
    ) async throws -> ExecutionResult {
        try await Probe.run(program, policy: Self.policy(runtime, filesystem), limits: limits)
    }

    // MARK: What programs are and how they end

    @Test(arguments: onHostKernel)
    func `a result names the runtime, and every layer was in force`(runtime: OCIRuntime) async throws {
        let result = try await run(.bash("id -u; pwd; hostname"), in: runtime)
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "1000\n/work\nsandbox\n")
        #expect(result.isolation.kind == .oci(runtime))
        #expect(result.isolation.kind.rawValue == "oci:\(runtime.rawValue)")
        #expect(result.isolation.enforcement == .full)
        #expect(result.isolation.missing.isEmpty)
    }

    @Test(arguments: onHostKernel)
    func `a code and a signal are told apart by the wait status`(runtime: OCIRuntime) async throws {
        // 137 is what runtimes report for a program that SIGKILL ended, and what a program may exit with.
        let exited = try await run(.bash("exit 137"), in: runtime)
        #expect(exited.verdict == .nonzeroExit, exited.shown)
        #expect(exited.termination == .exited(code: 137))
        let killed = try await run(.bash("kill -KILL $$"), in: runtime)
        #expect(killed.verdict == .signaled, killed.shown)
        #expect(killed.termination == .signaled(SIGKILL))
        #expect(killed.evidence?.attestedBy == .kernel)
    }

    @Test(arguments: onHostKernel)
    func `programs are compiled and run in the container`(runtime: OCIRuntime) async throws {
        let program = Program(
            language: "c",
            code: #"#include <stdio.h>\#nint main(void) { printf("%d\n", 6 * 7); return 0; }"#,
        )
        let result = try await run(program, in: runtime)
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "42\n")
        #expect(result.compile?.termination == .exited(code: 0))
        let broken = try await run(
            Program(language: "c", code: "int main(void) { return x; }"),
            in: runtime,
        )
        #expect(broken.verdict == .compileFailed, broken.shown)
    }

    @Test(arguments: onHostKernel)
    func `input comes in, output and files come out`(runtime: OCIRuntime) async throws {
        let result = try await Probe.run(
            Program(
                language: "python",
                code:
                    "import sys; d = sys.stdin.read(); print(d.upper()); open('/tmp/x', 'w').write(d); print(open('/tmp/x').read())",
            ),
            stdin: .bytes(Array("quiet".utf8)),
            policy: Self.policy(runtime, .scratch),
        )
        #expect(result.output == "QUIET\nquiet\n", result.shown)
    }

    // MARK: Limits

    @Test(arguments: onHostKernel)
    func `every limit holds, with its evidence`(runtime: OCIRuntime) async throws {
        let cases: [(code: String, limits: Limits, verdict: Verdict, source: String)] = [
            ("while True: pass", Limits(wallTime: .seconds(1)), .wallTimeExceeded, "kill"),
            ("import time\ntime.sleep(60)", Limits(wallTime: .milliseconds(500)), .wallTimeExceeded, "kill"),
            (
                "while True: pass", Limits(wallTime: .seconds(300), cpuTime: .milliseconds(500)),
                .cpuTimeExceeded, "kill",
            ),
            (
                "while True: print('x' * 1000)", Limits(wallTime: .seconds(300), output: .kilobytes(100)),
                .outputLimitExceeded, "kill",
            ),
            (
                "x = []\nwhile True: x.append(bytearray(1 << 20))",
                Limits(wallTime: .seconds(300), memory: .megabytes(64)), .memoryExceeded, "oom_kill",
            ),
            (
                "import os\nwhile True: os.fork()", Limits(wallTime: .seconds(300), processes: 16),
                .processLimitExceeded, "pids.events",
            ),
            (
                "f = open('/tmp/f', 'wb')\nwhile True: f.write(bytes(1 << 16))",
                Limits(wallTime: .seconds(300), disk: .megabytes(4)), .diskLimitExceeded, "statfs",
            ),
            (
                "f = open('/work/f', 'wb')\nwhile True: f.write(bytes(1 << 16)); f.flush()",
                Limits(wallTime: .seconds(300), disk: .megabytes(16), fileSize: .megabytes(1)),
                .fileSizeExceeded, "file size",
            ),
        ]
        for test in cases {
            let program = Program(language: "python", code: test.code)
            // With nothing to write, the kernel's ceiling is the limit itself.
            let files: FilesystemAccess = test.source == "oom_kill" ? .none : .scratch
            let result = try await run(program, in: runtime, files, limits: test.limits)
            #expect(result.verdict == test.verdict, "\(test.code): \(result.shown)")
            #expect(result.evidence?.source.contains(test.source) == true, "\(test.code): \(result.shown)")
        }
    }

    // MARK: Walls

    @Test(arguments: onHostKernel)
    func `nothing of the host is there`(runtime: OCIRuntime) async throws {
        let secret = "/var/tmp/sanderling-\(UInt64.random(in: 0...UInt64.max))"
        try Data("secret".utf8).write(to: URL(filePath: secret))
        defer { unlink(secret) }
        let marker = "sanderling-marker-\(UInt64.random(in: 0...UInt64.max))"
        let code = """
            import os, sys, socket
            found = []
            for path in [sys.argv[1], "/root", "/home", "/var", "/etc/shadow", "/sys/kernel", "/proc/1/environ", "/proc/kcore"]:
                try:
                    os.listdir(path) if os.path.isdir(path) else open(path).read(1)
                    found.append(path)
                except OSError: pass
            for pid in filter(str.isdigit, os.listdir("/proc")):
                if pid != str(os.getpid()): found.append("process " + pid)
            for path in ["/", "/etc", "/usr", "/dev", "/proc/self/oom_score_adj", "/sanderling", "/work"]:
                try:
                    name = path + "/x" if os.path.isdir(path) else path
                    open(name, "w").write("0")
                    found.append("wrote " + name)
                except OSError: pass
            try:
                # To what they are.
                times = os.stat("/dev/null")
                os.utime("/dev/null", ns=(times.st_atime_ns, times.st_mtime_ns))
                found.append("times of /dev/null")
            except OSError: pass
            if os.path.getsize("/sanderling/launcher"): found.append("the launcher")
            found += sorted(set(os.listdir("/dev")) - {"null", "zero", "full", "random", "urandom", "fd", "stdin", "stdout", "stderr"})
            for host in [("127.0.0.1", 9), ("1.1.1.1", 53)]:
                s = socket.socket()
                s.settimeout(2)
                try: s.connect(host); found.append("connected")
                except ConnectionRefusedError: found.append("loopback is up")
                except OSError: pass
            print(found)
            """
        // Outside, the probe finds much.
        #expect(
            try Probe.outside(code.replacing("/sanderling/launcher", with: "/usr/bin/env"), [secret]).output
                .contains(secret)
        )
        let result = try await run(
            Program(language: "python", code: code, arguments: [secret, marker]),
            in: runtime,
        )
        #expect(result.output == "[]\n", result.shown)
    }

    @Test(arguments: onHostKernel)
    func `what the filter refuses is recorded, and the program has no capability`(runtime: OCIRuntime)
        async throws
    {
        let result = try await run(
            .bash("grep -E '^(Cap|NoNew|Seccomp:)' /proc/self/status; unshare --user id; exit 0"),
            in: runtime,
        )
        for line in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            #expect(result.output.contains("\(line):\t0000000000000000\n"), result.shown)
        }
        #expect(result.output.contains("NoNewPrivs:\t1\n"))
        #expect(result.output.contains("Seccomp:\t2\n"))
        #expect(
            result.violations.contains { $0.name == "unshare" && $0.attestedBy == .kernel },
            result.shown,
        )
    }

    @Test(arguments: onHostKernel)
    func `two containers have other identities, and neither the host's`(runtime: OCIRuntime) async throws {
        let first = try await run(.bash("cat /proc/self/uid_map"), in: runtime)
        let second = try await run(.bash("cat /proc/self/uid_map"), in: runtime)
        #expect(first.verdict == .ok && second.verdict == .ok, first.shown)
        #expect(first.output != second.output)
        for line in (first.output + second.output).split(separator: "\n") {
            let fields = line.split(separator: " ").compactMap { UInt32($0) }
            #expect(fields.count == 3 && fields[1] >= 0x4000_0000 && fields[2] == 1, "\(line)")
        }
    }

    // MARK: Nothing is left

    @Test(arguments: onHostKernel)
    func `a runtime changes nothing of the host's, and no process is left`(runtime: OCIRuntime) async throws {
        var before = stat()
        #expect(stat("/dev/null", &before) == 0)
        let marker = "sanderling-left-\(UInt64.random(in: 0...UInt64.max))"
        try await withSandbox(Self.configuration(runtime)) { sandbox in
            let program = Program(
                language: "bash",
                code: "sleep 1000 & sleep 1000 & exit 0",
                arguments: [marker],
            )
            let result = try await sandbox.execute(
                program,
                policy: Self.policy(runtime),
                limits: Self.patient,
            )
            #expect(result.verdict == .ok, result.shown)
        }
        #expect(HostProcesses.withArgument(marker).isEmpty)
        var after = stat()
        #expect(stat("/dev/null", &after) == 0)
        // Some give their streams to the container's user.
        #expect(
            before.st_uid == after.st_uid && before.st_gid == after.st_gid && before.st_mode == after.st_mode
        )
    }

    @Test(arguments: onHostKernel)
    func `when the host is killed the program ends, and the next sandbox removes the files`(
        runtime: OCIRuntime
    )
        async throws
    {
        let result = await #expect(
            processExitsWith: .signal(SIGKILL),
            observing: [\.standardOutputContent],
        ) { [name = runtime.rawValue as String] in
            let runtime = try #require(OCIRuntime(rawValue: name))
            let marker = "sanderling-lost-\(UInt64.random(in: 0...UInt64.max))"
            let sandbox = try await Sandbox(configuration: ContainerTests.configuration(runtime))
            let program = Program(
                language: "bash",
                code: "echo started; sleep 1000 & sleep 1000",
                arguments: [marker],
            )
            for try await event in sandbox.events(
                of: program,
                policy: ContainerTests.policy(runtime),
                limits: ContainerTests.patient,
            ) {
                guard case .stdout = event else { continue }
                let seen = HostProcesses.withArgument(marker).count
                let grounds = try FileManager.default.contentsOfDirectory(atPath: OwnedDirectory.parent)
                    .filter { $0.hasPrefix("sanderling-containers-") }
                let own = grounds.filter { ground in
                    let containers =
                        (try? FileManager.default.contentsOfDirectory(atPath: "/dev/shm/\(ground)")) ?? []
                    return containers.contains { container in
                        let state = "/dev/shm/\(ground)/\(container)/state"
                        return ((try? FileManager.default.contentsOfDirectory(atPath: state)) ?? [])
                            .contains { $0.hasPrefix("sanderling.\(getpid()).") }
                    }
                }
                print("\(marker)\n\(seen)\n\(own.joined(separator: " "))")
                fflush(nil)
                kill(getpid(), SIGKILL)
            }
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = try #require(lines.firstIndex { $0.hasPrefix("sanderling-lost-") })
        let (marker, seen, ground) = (lines[place], lines[place + 1], lines[place + 2])
        #expect(Int(seen).map { $0 > 0 } == true, "the program was not seen to begin with")
        #expect(ground.hasPrefix("sanderling-containers-"), "its bundle was not seen to begin with")
        for _ in 0..<1_000 where !HostProcesses.withArgument(marker).isEmpty {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(HostProcesses.withArgument(marker).isEmpty)
        // The directory's lock is the dead host's; the sweep may meet a neighbour that holds it for a moment.
        for _ in 0..<100 where FileManager.default.fileExists(atPath: "/dev/shm/" + ground) {
            try await withSandbox(Self.configuration(runtime)) { _ in }
        }
        #expect(!FileManager.default.fileExists(atPath: "/dev/shm/" + ground))
    }

    @Test(arguments: onHostKernel)
    func `when the runtime is killed the program ends with it`(runtime: OCIRuntime) async throws {
        let marker = "sanderling-unled-\(UInt64.random(in: 0...UInt64.max))"
        try await withSandbox(Self.configuration(runtime)) { sandbox in
            let program = Program(
                language: "bash",
                code: "echo started; sleep 1000 & sleep 1000",
                arguments: [marker],
            )
            do {
                for try await event in sandbox.events(
                    of: program,
                    policy: Self.policy(runtime),
                    limits: Self.patient,
                ) {
                    guard case .stdout = event else { continue }
                    // The program's parent is init, and its the runtime.
                    let program = try #require(HostProcesses.withArgument(marker).min())
                    let runtimeProcess = try Self.parent(of: Self.parent(of: program))
                    let command = try String(contentsOfFile: "/proc/\(runtimeProcess)/comm", encoding: .utf8)
                    #expect(command == runtime.rawValue + "\n")
                    #expect(kill(runtimeProcess, SIGKILL) == 0)
                }
                Issue.record("a program that lost its runtime has a result")
            } catch let error as SandboxError {
                #expect(error.code == .internal)
            }
        }
        #expect(HostProcesses.withArgument(marker).isEmpty)
    }

    private static func parent(of pid: Int32) throws -> Int32 {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("PPid:") })
        return try #require(Int32(line.split(separator: "\t")[1]))
    }

    // MARK: A kernel of its own

    private func foreign(
        _ program: Program,
        _ filesystem: FilesystemAccess = .none,
        limits: Limits = Limits(wallTime: .seconds(60), cpuTime: .seconds(60)),
    ) async throws -> ExecutionResult {
        try await run(program, in: .runsc, filesystem, limits: limits)
    }

    @Test func `under runsc a program has another kernel, and the result says what is missing`() async throws
    {
        let result = try await foreign(.bash("uname -r; id -u; pwd"))
        #expect(result.verdict == .ok, result.shown)
        var host = utsname()
        uname(&host)
        let release = withUnsafeBytes(of: host.release) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(
            lines.count == 3 && lines[0] != release && lines.dropFirst() == ["1000", "/work"],
            result.shown,
        )
        #expect(result.isolation.kind == .oci(.runsc))
        #expect(result.isolation.enforcement == .partial)
        #expect(Set(result.isolation.missing) == IsolationKind.oci(.runsc).absentLayers)
    }

    @Test func `under runsc codes, signals and compile stages are what they are elsewhere`() async throws {
        let exited = try await foreign(.bash("exit 137"))
        #expect(exited.termination == .exited(code: 137), exited.shown)
        let killed = try await foreign(.bash("kill -KILL $$"))
        #expect(killed.termination == .signaled(SIGKILL), killed.shown)
        let compiled = try await foreign(
            Program(
                language: "c",
                code: #"""
                    #include <stdio.h>
                    int main(int count, char **words) {
                        FILE *own = fopen(words[0], "a"), *fresh = fopen("/work/x", "w");
                        printf("%d %d %d\n", 6 * 7, own != NULL, fresh != NULL);
                    }
                    """#,
            )
        )
        // The program cannot change what it was compiled to, nor write anything beside it.
        #expect(compiled.output == "42 0 0\n", compiled.shown)
    }

    @Test func `under runsc limits hold`() async throws {
        func patient(_ change: (inout Limits) -> Void) -> Limits {
            var limits = Limits(wallTime: .seconds(300), cpuTime: .seconds(300))
            change(&limits)
            return limits
        }
        let cases: [(code: String, limits: Limits, verdict: Verdict)] = [
            ("import time\ntime.sleep(60)", patient { $0.wallTime = .seconds(1) }, .wallTimeExceeded),
            ("while True: pass", patient { $0.cpuTime = .seconds(2) }, .cpuTimeExceeded),
            ("while True: print('x' * 1000)", patient { $0.output = .kilobytes(100) }, .outputLimitExceeded),
            (
                "x = []\nwhile True: x.append(bytearray(b'1') * (1 << 20))",
                patient { $0.memory = .megabytes(128) }, .memoryExceeded,
            ),
            (
                "f = open('/tmp/f', 'wb')\nwhile True: f.write(bytes(1 << 16)); f.flush()",
                patient { $0.disk = .megabytes(4) }, .diskLimitExceeded,
            ),
        ]
        for test in cases {
            let result = try await foreign(
                Program(language: "python", code: test.code),
                .scratch,
                limits: test.limits,
            )
            #expect(result.verdict == test.verdict, "\(test.code): \(result.shown)")
        }
    }

    @Test func `under runsc nothing of the host is there, and nothing can be written`() async throws {
        let secret = "/var/tmp/sanderling-\(UInt64.random(in: 0...UInt64.max))"
        try Data("secret".utf8).write(to: URL(filePath: secret))
        defer { unlink(secret) }
        let code = """
            import os, sys, socket
            found = []
            for path in [sys.argv[1], "/root", "/home", "/var", "/etc/shadow", "/usr/local/bin"]:
                try:
                    os.listdir(path) if os.path.isdir(path) else open(path).read(1)
                    found.append(path)
                except OSError: pass
            for path in ["/", "/etc", "/usr", "/dev", "/tmp", "/work", "/sanderling"]:
                try: open(path + "/x", "w").write("0"); found.append("wrote to " + path)
                except OSError: pass
            try: socket.create_connection(("1.1.1.1", 53), timeout=2); found.append("connected")
            except OSError: pass
            print(found)
            """
        #expect(try Probe.outside(code, [secret]).output.contains(secret))
        let result = try await foreign(Program(language: "python", code: code, arguments: [secret]))
        #expect(result.output == "[]\n", result.shown)
    }

    @Test(arguments: [
        Policy(network: .host, isolation: .oci(.runsc)),
        Policy(mounts: [Mount(source: "/etc", destination: "/data")], isolation: .oci(.runsc)),
    ])
    func `under runsc what of the host's it cannot keep apart is refused`(policy: Policy) async throws {
        let error = await #expect(throws: SandboxError.self) {
            try await Probe.run(.bash("exit 0"), policy: policy)
        }
        #expect(error?.code == .layerUnavailable)
    }

    @Test(arguments: onHostKernel)
    func `mounts are lent as in a cell, for reading or for writing`(runtime: OCIRuntime) async throws {
        let directory = "/var/tmp/sanderling-\(UInt64.random(in: 0...UInt64.max))"
        #expect(mkdir(directory, 0o777) == 0 && chmod(directory, 0o777) == 0)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("lent".utf8).write(to: URL(filePath: directory + "/file"))
        var policy = Self.policy(runtime)
        policy.mounts = [
            Mount(source: directory, destination: "/in"),
            Mount(source: directory, destination: "/out", writable: true),
        ]
        let result = try await Probe.run(
            .bash(
                "cat /in/file; echo; (echo x > /in/x) 2>/dev/null || echo refused; echo new > /out/y; cat /in/y"
            ),
            policy: policy,
        )
        #expect(result.output == "lent\nrefused\nnew\n", result.shown)
        #expect(!FileManager.default.fileExists(atPath: directory + "/x"))
    }

    // MARK: Refusals

    @Test
    func `a runtime that is not installed, or that others could have changed, is refused with its mend`()
        throws
    {
        let directory = NSTemporaryDirectory() + "sanderling-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let absent = #expect(throws: SandboxError.self) { try InstalledRuntime(.runc, in: [directory]) }
        #expect(absent?.message == "the OCI runtime runc is not installed")
        #expect(absent?.mend?.contains("apt-get install runc") == true)
        let path = directory + "/runc"
        try Data("#!/bin/sh\n".utf8).write(to: URL(filePath: path))
        #expect(chmod(path, 0o755) == 0)
        #expect(try InstalledRuntime(.runc, in: [directory]).path == path)
        #expect(chmod(path, 0o775) == 0)
        let changed = #expect(throws: SandboxError.self) { try InstalledRuntime(.runc, in: [directory]) }
        #expect(changed?.message == "\(path) could have been changed by others")
    }

    @Test func `control groups of runc's whose owner is gone are swept, and no others`() throws {
        let directories = CgroupPlacement.everyDirectory(
            membership: try File.text(at: "/proc/self/cgroup"),
            mounts: try File.text(at: "/proc/self/mountinfo"),
        )
        let parent = try #require(directories.first { access($0, W_OK) == 0 })
        // Above PID_MAX_LIMIT: never a process's.
        let left = parent + "/oci-sanderling.4194305.1"
        let own = parent + "/oci-sanderling.\(getpid()).4194305"
        for path in [left, own] { #expect(mkdir(path, 0o755) == 0) }
        defer { for path in [left, own] { rmdir(path) } }
        RuntimeCgroups.sweep()
        #expect(access(left, F_OK) != 0)
        #expect(access(own, F_OK) == 0)
    }

    @Test func `a runtime that is not known is no kind of isolation`() {
        #expect(IsolationKind(rawValue: "oci:crun") == .oci(.crun))
        #expect(IsolationKind(rawValue: "oci:docker") == nil)
        #expect(IsolationKind(rawValue: "oci:") == nil)
        #expect(IsolationKind(rawValue: "crun") == nil)
        for kind in IsolationKind.allCases { #expect(IsolationKind(rawValue: kind.rawValue) == kind) }
    }

    /// What a container of crun's for a program that does nothing is made by.
    private static func blueprint() throws -> CellBlueprint {
        let plan = ExecutionPlan(
            files: [],
            compile: [],
            run: .init(executable: "/bin/true", arguments: ["true"], environment: [:]),
            readOnlyPaths: [],
            policy: policy(.crun),
            limits: Limits(),
            compileLimits: .compileDefaults,
        )
        return try CellPlanner.blueprint(
            of: CellKind(plan, missing: []),
            capabilities: .init(landlock: nil, hasIdentityRange: true, opensMounts: false),
            filter: [],
        )
    }

    @Test func `nobody but the runtime's user can read what a container is told to be`() throws {
        let ground = try ContainerGround(for: .crun, launcher: .launcher())
        defer { ground.remove() }
        let place = ground.makePlace()
        try place.write(BundlePlanner.bundle(of: Self.blueprint(), in: place.surroundings))
        let path = place.directory + "/bundle/config.json"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    /// Makes a container of crun's, of a bundle that `change` has changed, and gives what that throws and where it was.
    private static func making(
        _ change: (inout ContainerBundle) -> Void
    ) throws -> (error: (any Error)?, directory: String) {
        let executable = try Descriptor.launcher()
        let launcher = try LauncherConnection(executable: executable, for: .oci(.crun))
        defer { launcher.shutDown() }
        try launcher.becomeReady()
        let ground = try ContainerGround(for: .crun, launcher: executable)
        defer { ground.remove() }
        let (blueprint, place) = try (blueprint(), ground.makePlace())
        var bundle = try BundlePlanner.bundle(of: blueprint, in: place.surroundings)
        change(&bundle)
        do {
            let cell = try Cell(Container(bundle, for: blueprint.cell, at: place, launcher: launcher))
            cell.end()
            return (nil, place.directory)
        } catch {
            return (error, place.directory)
        }
    }

    @Test func `what a runtime says of its failure is in the refusal`() throws {
        #expect(try Self.making { _ in }.error == nil)
        let (error, directory) = try Self.making { bundle in
            bundle.configuration.mounts.append(
                .init(destination: "/nowhere", type: "bind", source: "/nowhere-at-all", options: ["bind"])
            )
        }
        let refusal = try #require(error as? SandboxError)
        #expect(refusal.code == .layerUnavailable)
        #expect(refusal.message.hasPrefix("crun cannot make a container here: "))
        #expect(refusal.message.contains("nowhere-at-all"))
        #expect(!FileManager.default.fileExists(atPath: directory))
    }

    @Test(arguments: [0, 1])
    func `a container with other ids than were asked for is refused by its init`(_ place: Int) throws {
        for change in [
            { (linux: inout BundleConfiguration.Linux) in linux.uidMappings[place].hostID = 0 },
            { (linux: inout BundleConfiguration.Linux) in linux.gidMappings[place].hostID = 0 },
            { (linux: inout BundleConfiguration.Linux) in linux.gidMappings[1].size = 2 },
        ] {
            let (error, directory) = try Self.making { change(&$0.configuration.linux) }
            let refusal = try #require(error as? SandboxError)
            #expect(refusal.message == "crun gave a container other ids of the host's than it was told to")
            #expect(!FileManager.default.fileExists(atPath: directory))
        }
    }

    @Test(arguments: [("network", "net"), ("ipc", "ipc"), ("uts", "uts")])
    func `a container in a namespace of the host's is refused by its init`(type: String, file: String) throws
    {
        let (error, directory) = try Self.making { bundle in
            bundle.configuration.linux.namespaces.removeAll { $0.type == type }
            // Without a name of its own, a host's cannot be set.
            if type == "uts" { bundle.configuration.hostname = "" }
        }
        let refusal = try #require(error as? SandboxError)
        #expect(refusal.message == "crun left a container in the host's \(file) namespace")
        #expect(!FileManager.default.fileExists(atPath: directory))
    }
}
