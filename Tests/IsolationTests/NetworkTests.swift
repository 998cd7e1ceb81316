import Foundation
import Glibc
import SandboxModel
import SandboxProbe
import Sanderling
import Testing

/// What a program reaches of the network under each policy, against listeners of the test's own.
@Suite struct NetworkTests {
    /// Tries to reach what its arguments name; a line for each attempt.
    private static let probe = """
        import socket, sys
        tcp, udp, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
        def attempt(what, action):
            try:
                action()
                print(what, "reached")
            except OSError as error: print(what, "failed", error.errno)
        def connect(family, kind, address):
            with socket.socket(family, kind) as s:
                s.settimeout(5)
                s.connect(address)
                if kind == socket.SOCK_DGRAM: s.send(b"x")
        attempt("tcp", lambda: connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", tcp)))
        attempt("udp", lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", udp)))
        attempt("abstract", lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, "\\0" + name))
        """

    /// Listens on TCP, UDP and an abstract socket of the host until it is let go of.
    private final class Listeners {
        let tcp: Int32
        let udp: Int32
        let abstract: Int32
        let name = "sanderling-test-\(UInt32.random(in: 0...UInt32.max))"
        private(set) var ports: (tcp: UInt16, udp: UInt16) = (0, 0)

        init() throws {
            tcp = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            udp = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            abstract = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            ports = (try bindLoopback(tcp), try bindLoopback(udp))
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let bytes = [0] + Array(name.utf8)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
            let isBound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(abstract, $0, length) }
            }
            try #require(isBound == 0)
            try #require(listen(tcp, 64) == 0)
            try #require(listen(abstract, 64) == 0)
        }

        private func bindLoopback(_ number: Int32) throws -> UInt16 {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    bind(number, pointer, length) == 0 ? getsockname(number, pointer, &length) : -1
                }
            }
            try #require(result == 0)
            return UInt16(bigEndian: address.sin_port)
        }

        var arguments: [String] { [String(ports.tcp), String(ports.udp), name] }

        /// Whether anything has arrived at the UDP listener.
        var hasDatagram: Bool {
            var byte: UInt8 = 0
            return recv(udp, &byte, 1, Int32(MSG_DONTWAIT)) >= 0
        }

        deinit { for number in [tcp, udp, abstract] { close(number) } }
    }

    @Test func `the probe reaches everything outside a sandbox`() throws {
        let listeners = try Listeners()
        let (output, _) = try Probe.outside(Self.probe, listeners.arguments)
        #expect(output == "tcp reached\nudp reached\nabstract reached\n")
        #expect(listeners.hasDatagram)
    }

    @Test(arguments: [NetworkAccess.none, .loopback])
    func `without the host's network nothing of the host is reached`(network: NetworkAccess) async throws {
        let listeners = try Listeners()
        let result = try await Probe.python(
            Self.probe,
            arguments: listeners.arguments,
            policy: Policy(network: network),
        )
        #expect(result.lines.count == 3, result.shown)
        #expect(result.lines.filter { $0.contains("reached") && !$0.hasPrefix("udp") }.isEmpty, result.shown)
        // UDP to one's own loopback may be sent, but it does not arrive.
        #expect(!listeners.hasDatagram)
        #expect(result.isolation.network == network)
        #expect(result.isolation.layers.contains(.networkNamespace))
    }

    @Test func `the host's network is the host's, and the result says so`() async throws {
        let listeners = try Listeners()
        let result = try await Probe.python(
            Self.probe,
            arguments: listeners.arguments,
            policy: Policy(network: .host),
        )
        #expect(result.lines.prefix(2) == ["tcp reached", "udp reached"], result.shown)
        #expect(result.lines.last?.hasPrefix("abstract failed") == true, "Landlock's scope: \(result.shown)")
        #expect(listeners.hasDatagram)
        #expect(result.isolation.network == .host)
        #expect(!result.isolation.layers.contains(.networkNamespace))
        #expect(result.isolation.layers.contains(.landlockScope))
    }

    private static let interfaces = """
        import socket
        for _, name in socket.if_nameindex():
            flags = None
            try:
                import fcntl, struct
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                flags = struct.unpack("16sH14x", fcntl.ioctl(s, 0x8913, struct.pack("16sH14x", name.encode(), 0)))[1] & 1
            except OSError as error: flags = f"unknown {error.errno}"
            print(name, flags)
        """

    @Test func `with no network there is a loopback interface that is down, and no other`() async throws {
        let outside = try Probe.outside(Self.interfaces)
        #expect(outside.output.contains("lo 1"), "the probe sees the host's")
        let result = try await Probe.run(
            .bash(
                "cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '; cat /proc/net/route | tail -n +2"
            )
        )
        #expect(result.lines == ["lo"], result.shown)
        let flags = try await Probe.python(Self.interfaces)
        #expect(!flags.lines.contains { $0.hasSuffix(" 1") }, flags.shown)
    }

    @Test func `names are not resolved and no address is routed`() async throws {
        let result = try await Probe.python(
            """
            import socket
            for action in (lambda: socket.getaddrinfo("example.org", 80), lambda: socket.create_connection(("192.0.2.1", 80), 5),
                           lambda: socket.create_connection(("::1", 80), 5)):
                try:
                    action()
                    print("reached")
                except OSError as error: print("failed")
            """
        )
        #expect(result.lines == ["failed", "failed", "failed"], result.shown)
    }

    @Test func `with loopback a program reaches its own server`() async throws {
        let result = try await Probe.python(
            """
            import socket, threading
            server = socket.create_server(("127.0.0.1", 0))
            def answer():
                connection, _ = server.accept()
                connection.send(b"hello")
            thread = threading.Thread(target=answer)
            thread.start()
            print(socket.create_connection(server.getsockname()).recv(5))
            thread.join()
            """,
            policy: Policy(network: .loopback),
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "b'hello'\n")
    }

    @Test func `two sandboxes with loopback have two of them`() async throws {
        let server = """
            import socket, sys
            server = socket.create_server(("127.0.0.1", 18765))
            print("listening", flush=True)
            sys.stdin.read()
            """
        let sandbox = try await Probe.shared
        let (input, feed) = AsyncStream<[UInt8]>.makeStream()
        let policy = Policy(network: .loopback)
        for try await event in sandbox.events(of: .python(server), stdin: .sequence(input), policy: policy) {
            switch event {
            case .stdout:
                // Not in the queue for the shared sandbox: the server's time is running.
                let client = try await sandbox.execute(
                    .python(
                        "import socket\ntry: print(socket.create_connection(('127.0.0.1', 18765), 5))\nexcept OSError as e: print(e.errno)"
                    ),
                    policy: policy,
                )
                #expect(client.output == "111\n", client.shown)
                feed.finish()
            case .finished(let result): #expect(result.verdict == .ok, result.shown)
            default: continue
            }
        }
    }
}
