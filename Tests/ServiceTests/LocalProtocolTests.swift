import LaunchProtocol
import LocalProtocol
import SandboxModel
import Testing

/// What `sanderling run` and a service say to each other.
struct LocalProtocolTests {
    private static let full: LocalRequest = {
        var program = Program(
            language: "python",
            source: [0, 0xFF, 10],
            sourceName: "a b.py",
            files: [ProgramFile(path: "d/x", contents: [1, 2], executable: true)],
            arguments: ["", "-x", "ü"],
            compilerOptions: ["-O2"],
            joinsOutputs: true,
            environment: ["A": "b=c", "EMPTY": ""],
            collect: ["*.png"],
        )
        program.files.append(ProgramFile(path: "y", contents: []))
        return LocalRequest(
            version: "1.2.3",
            definitions: ["/own"],
            streams: true,
            program: program,
            file: "d/a b.py",
            policy: Policy(
                network: .loopback,
                filesystem: .scratch,
                modules: ModulePolicy(denied: ["os"], allowed: ["json", "re"]),
                allowMissing: [.landlock, .seccomp],
            ),
            limits: Limits(
                wallTime: .milliseconds(1_500),
                cpuTime: .nanoseconds(7),
                cpuShare: 0.25,
                memory: .bytes(1 << 40),
                processes: 3,
                output: .bytes(1),
                outputOverflow: .truncate,
                disk: .bytes(2),
                fileSize: .bytes(3),
                openFiles: 4,
                stack: .bytes(5),
            ),
            compileLimits: .compileDefaults,
        )
    }()

    private static let plain = LocalRequest(
        version: "",
        definitions: [],
        streams: false,
        program: Program(language: "c", source: []),
        policy: Policy(),
        limits: Limits(),
        compileLimits: nil,
    )

    @Test(arguments: [full, plain])
    func `a request comes over whole`(_ request: LocalRequest) throws {
        let bytes = request.wireBytes
        #expect(try LocalRequest(wireBytes: bytes) == request)
        #expect(LocalRequest.version(of: bytes) == request.version)
        // Every part of it is needed: nothing is guessed where some is missing.
        for count in 0..<bytes.count {
            #expect(throws: MalformedMessage.self) { try LocalRequest(wireBytes: Array(bytes.prefix(count))) }
        }
        #expect(throws: MalformedMessage.self) { try LocalRequest(wireBytes: bytes + [0]) }
    }

    @Test func `a refusal comes over whole`() throws {
        for mend in ["do that", nil] {
            let refusal = LocalRefusal(code: "busy", message: "no place", mend: mend)
            #expect(try LocalRefusal(wireBytes: refusal.wireBytes) == refusal)
        }
    }

    @Test func `an ending comes over with all that is told of it`() throws {
        let evidence = Evidence(source: "cgroup", value: "1", attestedBy: .kernel)
        let hit = LimitHit(limit: .memory, evidence: evidence)
        var result = ExecutionResult(
            language: "c",
            version: "12",
            verdict: .memoryExceeded,
            termination: .signaled(9),
            evidence: evidence,
            stdout: CapturedOutput(bytes: [1], truncated: true, total: 7),
            errorMessage: "too much",
            usage: Usage(wallTime: .seconds(1), userTime: .nanoseconds(3), memory: .bytes(9), processes: 2),
            limits: Limits(),
            limitsHit: [hit],
            isolation: Isolation(
                layers: [.seccomp],
                missing: [.landlock],
                network: .loopback,
                filesystem: .scratch,
                privateDirectory: "/tmp/x",
                modules: ModulePolicy(denied: ["os"]),
            ),
            violations: [Violation(kind: .module, name: "os", attestedBy: .program)],
            compile: StageResult(
                termination: .exited(code: 1),
                stdout: CapturedOutput(),
                stderr: CapturedOutput(bytes: [33]),
                usage: Usage(),
                limits: .compileDefaults,
                limitExceeded: hit,
                cached: true,
            ),
            files: [CollectedFile(path: "a", contents: [1, 2])],
            filesComplete: false,
        )
        let ending = LocalEnding(result)
        #expect(try LocalEnding(wireBytes: ending.wireBytes) == ending)
        result.stdout.bytes = []
        result.violations = []
        #expect(ending.result == result)
        result.termination = nil
        result.compile = nil
        result.evidence = nil
        let bare = LocalEnding(result)
        #expect(try LocalEnding(wireBytes: bare.wireBytes) == bare)
    }

    @Test(arguments: [1, 2, 5, 6, 7, 1_000])
    func `messages are found in whatever pieces they come`(_ size: Int) throws {
        let frames = [LocalFrame(.accepted), LocalFrame(.stdout, [1, 2, 3]), LocalFrame(.record, [])]
        let bytes = frames.flatMap(\.bytes)
        var reader = LocalFrameReader()
        var found: [LocalFrame] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.append(Array(bytes[start..<min(start + size, bytes.count)]))
            while let frame = try reader.next() { found.append(frame) }
        }
        #expect(found == frames)
    }

    @Test func `what is no message, or too long a one, is refused before it is all there`() throws {
        var unknown = LocalFrameReader()
        unknown.append([99, 0, 0, 0, 0])
        #expect(throws: MalformedMessage.self) { try unknown.next() }
        var long = LocalFrameReader(limit: 10)
        long.append(LocalFrame(.input, [UInt8](repeating: 0, count: 10)).bytes)
        #expect(try long.next()?.payload.count == 10)
        long.append(Array(LocalFrame(.input, [UInt8](repeating: 0, count: 11)).bytes.prefix(5)))
        #expect(throws: MalformedMessage.self) { try long.next() }
    }
}
