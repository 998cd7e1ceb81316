import Foundation
import SandboxModel
import SandboxProbe
import Sanderling
import Testing

/// What a program is, and what it sees of its cell.
@Suite struct CellTests {
    @Test func `a program has no privilege of any kind`() async throws {
        let result = try await Probe.run(
            .bash("grep -E '^(Cap|NoNewPrivs|Seccomp:|Uid|Gid|Groups)' /proc/self/status; id -u; id -g")
        )
        let fields = Dictionary(
            result.lines.compactMap { line -> (String, [Substring])? in
                let parts = line.split(separator: ":")
                return parts.count == 2
                    ? (String(parts[0]), parts[1].split { $0 == "\t" || $0 == " " }) : nil
            },
            uniquingKeysWith: { first, _ in first },
        )
        for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            #expect(fields[set] == ["0000000000000000"], result.shown)
        }
        #expect(fields["NoNewPrivs"] == ["1"])
        #expect(fields["Seccomp"] == ["2"])
        #expect(fields["Uid"] == ["1000", "1000", "1000", "1000"])
        #expect(fields["Gid"] == ["1000", "1000", "1000", "1000"])
        #expect(fields["Groups"] ?? [] == [])
        #expect(result.lines.suffix(2) == ["1000", "1000"])
    }

    @Test func `a program with a set-user-ID bit gains nothing`() async throws {
        let result = try await Probe.run(
            .bash("find / -xdev -perm -4000 -type f 2>/dev/null | head -1; su -c id </dev/null; true")
        )
        #expect(!result.output.contains("uid=0"), result.shown)
    }

    @Test func `only processes of the cell are visible`() async throws {
        let result = try await Probe.python(
            """
            import os
            pids = sorted(int(p) for p in os.listdir("/proc") if p.isdigit())
            print(pids, os.getpid(), os.getppid())
            for pid in pids: print(open(f"/proc/{pid}/comm").read().strip())
            """
        )
        #expect(result.lines == ["[2] 2 1", "python3.11"], result.shown)
    }

    @Test func `init can be neither signalled nor read`() async throws {
        let result = try await Probe.python(
            """
            import os
            for number in list(range(1, 65)):
                try: os.kill(1, number)
                except OSError: continue
            for name in ("environ", "mem", "maps", "fd", "root", "cwd", "exe", "stack", "syscall", "auxv", "io"):
                path = "/proc/1/" + name
                try:
                    if name in ("fd",): os.listdir(path)
                    elif name in ("root", "cwd", "exe"): os.readlink(path)
                    else: open(path, "rb").read(1)
                    print("read", name)
                except OSError: pass
            try:
                open("/proc/1/oom_score_adj", "w").write("1000")
                print("written")
            except OSError: pass
            print("end")
            """
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "end\n", result.shown)
    }

    @Test func `no descriptor beyond the standard three is inherited`() async throws {
        let result = try await Probe.python(
            """
            import os
            for number in range(256):
                try: print(number, os.readlink(f"/proc/self/fd/{number}").split(":")[0])
                except OSError: pass
            """
        )
        let numbers = result.lines.filter { !$0.hasSuffix("main.py") }
        #expect(numbers == ["0 pipe", "1 pipe", "2 pipe"], result.shown)
    }

    @Test func `the environment holds what was said and nothing of the host's`() async throws {
        var program = Program(
            language: "bash",
            code: "env | grep -vE '^(_|SHLVL|PWD|OLDPWD)='",
        )
        program.environment = ["GREETING": "hä llo\n=x"]
        setenv("SANDERLING_TEST_SECRET", "host", 1)
        let result = try await Probe.run(program)
        #expect(result.output.contains("GREETING=hä llo\n=x\n"), result.shown)
        #expect(!result.output.contains("SANDERLING_TEST_SECRET"))
        let allowed = [
            "GREETING", "HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "USER", "LOGNAME", "TZ", "", "SHELL",
        ]
        for line in result.lines {
            let name = String(line.prefix { $0 != "=" })
            #expect(allowed.contains(name), "\(line)")
        }
    }

    @Test func `arguments arrive as they were given`() async throws {
        let arguments = ["", " ", "ä\n", "*", "$HOME", "--help", String(repeating: "x", count: 10_000)]
        let result = try await Probe.python("import sys\nprint(sys.argv[1:])", arguments: arguments)
        let expected = try Probe.outside("import sys\nprint(sys.argv[1:])", arguments)
        #expect(result.output == expected.output, result.shown)
    }

    @Test func `the host's name and its boot command line are not shown`() async throws {
        let result = try await Probe.run(
            .bash("hostname; uname -n; wc -c < /proc/cmdline; cat /proc/kcore 2>/dev/null | wc -c")
        )
        #expect(result.lines == ["sandbox", "sandbox", "0", "0"], result.shown)
    }

    @Test func `init cannot be seen`() async throws {
        let look =
            "import os\nprint([pid for pid in os.listdir('/proc') if pid.isdigit() and int(pid) != os.getpid()])"
        #expect(try Probe.outside(look).output.contains("'1'"))
        let result = try await Probe.python(
            look + "\nprint(os.path.exists('/proc/1'), os.path.exists('/proc/self'))"
        )
        #expect(result.lines == ["[]", "False True"], result.shown)
    }

    @Test func `two sandboxes at once see nothing of each other`() async throws {
        let marker = "m\(UInt32.random(in: 0...UInt32.max))"
        // Perl, whose family may use objects of System V.
        let maker = #"""
            use Socket;
            $| = 1;
            my ($name) = @ARGV;
            for my $directory ("/tmp", "/dev/shm", "/work") { open my $file, ">", "$directory/$name" or die $!; print $file $name }
            socket my $s, AF_UNIX, SOCK_STREAM, 0 or die $!;
            bind $s, pack_sockaddr_un("\0$name") or die $!;
            listen $s, 1 or die $!;
            defined shmget 0x5a4d, 4096, 01666 or die $!;
            defined msgget 0x5a4d, 01666 or die $!;
            print "made\n";
            <STDIN>;
            """#
        let seeker = #"""
            use Socket;
            my ($name) = @ARGV;
            for my $directory ("/tmp", "/dev/shm", "/work") { print "file in $directory\n" if -e "$directory/$name" }
            socket my $s, AF_UNIX, SOCK_STREAM, 0 or die $!;
            print "socket\n" if connect $s, pack_sockaddr_un("\0$name");
            print "shared memory\n" if defined shmget 0x5a4d, 4096, 0666;
            print "message queue\n" if defined msgget 0x5a4d, 0666;
            print "looked\n";
            """#
        let sandbox = try await Probe.shared
        let policy = Policy(filesystem: .scratch)
        let (input, feed) = AsyncStream<[UInt8]>.makeStream()
        let program = Program(language: "perl", code: maker, arguments: [marker])
        for try await event in sandbox.events(of: program, stdin: .sequence(input), policy: policy) {
            switch event {
            case .stdout(let bytes):
                #expect(String(decoding: bytes, as: UTF8.self) == "made\n", "the maker has made them")
                // Not in the queue for the shared sandbox: the maker's time is running.
                let seen = try await sandbox.execute(
                    Program(language: "perl", code: seeker, arguments: [marker]),
                    policy: policy,
                )
                #expect(seen.output == "looked\n", seen.shown)
                feed.finish()
            case .finished(let result): #expect(result.verdict == .ok, result.shown)
            default: continue
            }
        }
    }
}
