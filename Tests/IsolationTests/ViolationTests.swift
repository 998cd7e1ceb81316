import SandboxModel
import SandboxProbe
import Testing

/// System calls that are refused, and the record of them.
@Suite struct ViolationTests {
    /// Calls `name` with arguments by number and prints the errno.
    private static let prelude = """
        import ctypes, os, sys
        libc = ctypes.CDLL(None, use_errno=True)
        def call(number, *arguments):
            ctypes.set_errno(0)
            result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
            print(number, "done" if result >= 0 else ctypes.get_errno())

        """

    /// Numbers of the x86-64 table; the argument is the part that the record must name.
    private static let refused: [(name: String, call: String, argument: String?)] = [
        ("socket", "call(41, 17, 3, 0)", "AF_PACKET"),
        ("unshare", "call(272, 0x10000000)", "CLONE_NEWUSER"),
        ("ptrace", "call(101, 0, 0, 0, 0)", "PTRACE_TRACEME"),
        ("mount", "call(165, 0, 0, 0, 0, 0)", nil),
        ("keyctl", "call(250, 0, 0, 0, 0, 0)", nil),
        ("bpf", "call(321, 0, 0, 0)", nil),
        ("perf_event_open", "call(298, 0, 0, 0, 0, 0)", nil),
        ("io_uring_setup", "call(425, 1, 0)", nil),
        ("setns", "call(308, 0, 0)", nil),
        ("pivot_root", "call(155, 0, 0)", nil),
        ("kexec_load", "call(246, 0, 0, 0, 0)", nil),
        ("init_module", "call(175, 0, 0, 0)", nil),
        ("reboot", "call(169, 0, 0, 0, 0)", nil),
        ("userfaultfd", "call(323, 0)", nil),
        ("process_vm_readv", "call(310, 1, 0, 0, 0, 0, 0)", nil),
        ("add_key", "call(248, 0, 0, 0, 0, 0)", nil),
        ("open_by_handle_at", "call(304, 0, 0, 0)", nil),
        ("chroot", "call(161, 0)", nil),
    ]

    @Test func `refused calls fail and are recorded by name and argument`() async throws {
        let result = try await Probe.python(Self.prelude + Self.refused.map(\.call).joined(separator: "\n"))
        #expect(result.verdict == .ok, result.shown)
        #expect(!result.output.contains("done"), result.shown)
        for (name, _, argument) in Self.refused {
            let violation = result.violations.first { $0.name == name }
            #expect(
                violation != nil,
                "\(name) is not among \(result.violations.map(\.name)): \(result.shown)",
            )
            #expect(violation?.kind == .systemCall)
            #expect(violation?.attestedBy == .kernel)
            #expect(violation?.count == 1)
            if let argument {
                #expect(
                    violation?.arguments.contains { $0.contains(argument) } == true,
                    "\(name): \(violation?.arguments ?? [])",
                )
            }
        }
    }

    @Test func `the same call refused again is counted`() async throws {
        let result = try await Probe.python(Self.prelude + "for _ in range(5): call(165, 0, 0, 0, 0, 0)")
        #expect(result.violations.map(\.name) == ["mount"])
        #expect(result.violations.first?.count == 5)
    }

    @Test func `very many different refused calls are bounded in the record, and hide no other`() async throws
    {
        let result = try await Probe.python(
            Self.prelude
                + "sys.stdout = open('/dev/null', 'w')\nfor n in range(2000): call(272, 0x10000000, n)\ncall(101, 0)"
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.violations.count <= 65)
        // Whatever came before it.
        #expect(result.violations.map(\.name).contains("ptrace"))
    }

    @Test func `calls whose numbers no kernel has are bounded as well`() async throws {
        let result = try await Probe.python(
            Self.prelude
                + "sys.stdout = open('/dev/null', 'w')\nfor n in range(2, 1_000): call(-n)\ncall(101, 0)"
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.violations.count <= 65, "\(result.violations.count)")
        #expect(result.violations.map(\.name).contains("ptrace"))
    }

    @Test func `a socket takes options and no filter`() async throws {
        let attach = """
            import ctypes, errno, socket, struct
            program = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0xffff))
            filter = struct.pack("HL", 1, ctypes.addressof(program))
            made = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0]
            made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            six = socket.socket(socket.AF_INET6)
            six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            for option in (26, 51):
                try:
                    made.setsockopt(socket.SOL_SOCKET, option, filter)
                    print("attached")
                except OSError as error: print(errno.errorcode[error.errno])
            """
        #expect(try Probe.outside(attach).output.hasPrefix("attached\n"))
        let result = try await Probe.python(attach)
        #expect(result.lines == ["EPERM", "EPERM"], result.shown)
        #expect(result.violations.map(\.name) == ["setsockopt"])
        #expect(result.violations.first?.count == 2)
    }

    /// Answering takes time that is init's and not the program's.
    @Test func `who is refused without end is answered a thousand times and then once a millisecond`()
        async throws
    {
        let result = try await Probe.python(
            Self.prelude + """
                import time
                start, count = time.monotonic(), 0
                while time.monotonic() < start + 2:
                    libc.syscall(ctypes.c_long(101), 0, 0, 0, 0)
                    count += 1
                print(count <= 1_000 + 1_000 * (time.monotonic() - start))
                """
        )
        #expect(result.lines == ["True"], result.shown)
    }

    /// With any other limit the kernel would start a handler of the host's for a crash, where core_pattern names one.
    @Test func `the limit on core files stays at one`() async throws {
        let result = try await Probe.python(
            """
            import resource
            for limit in [(0, 0), (0, 1), (1, 1)]:
                try: resource.setrlimit(resource.RLIMIT_CORE, limit)
                except ValueError: pass
                print(resource.getrlimit(resource.RLIMIT_CORE))
            resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
            print(resource.getrlimit(resource.RLIMIT_NOFILE))
            """
        )
        #expect(result.lines == ["(1, 1)", "(1, 1)", "(1, 1)", "(20, 20)"], result.shown)
        #expect(result.violations.isEmpty)
    }

    @Test func `a program in four threads that is refused a lot does not hang`() async throws {
        let result = try await Probe.python(
            Self.prelude + """
                import threading
                sys.stdout = open('/dev/null', 'w')
                def work():
                    for _ in range(300): call(165, 0, 0, 0, 0, 0)
                threads = [threading.Thread(target=work) for _ in range(4)]
                for thread in threads: thread.start()
                for thread in threads: thread.join()
                """
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.violations.first { $0.name == "mount" }?.count == 1_200)
    }

    @Test func `characters cannot be pushed into a terminal`() async throws {
        let result = try await Probe.python(
            """
            import fcntl
            for request in (0x5412, 0x541c):
                try:
                    fcntl.ioctl(0, request, b"x")
                    print("done")
                except OSError as error: print(error.errno)
            """
        )
        #expect(result.lines == ["1", "1"], result.shown)
        #expect(result.violations.contains { $0.name == "ioctl" }, result.shown)
    }

    @Test func `a refused call in a child that is killed is still recorded`() async throws {
        let result = try await Probe.python(
            Self.prelude
                + "if os.fork() == 0:\n    call(165, 0, 0, 0, 0, 0)\n    os.kill(os.getpid(), 9)\nos.wait()"
        )
        #expect(result.violations.map(\.name) == ["mount"], result.shown)
    }

    @Test func `a program that asks for nothing forbidden has no violations`() async throws {
        for program in [
            Program.python("print(1)"), .bash("echo 1 | cat"), .c("int main(void) { return 0; }"),
        ] {
            let result = try await Probe.run(program)
            #expect(result.violations.isEmpty, "\(program.language): \(result.violations)")
        }
    }
}
