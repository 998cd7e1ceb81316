import SandboxModel
import Testing

@testable import Catalogue

/// The judge finds every kind of breach, and nothing where there is none.
@Suite struct JudgeTests {
    private static let token = "bait-0123456789abcdef"
    private static let limits = Limits(memory: .megabytes(64), processes: 16, disk: .megabytes(16))
    private static let rules = Containment(
        verdicts: [.ok],
        exit: .code(0),
        output: ["refused: E[A-Z]+"],
        never: ["root:x:0"],
        host: Set(HostCheck.allCases),
        collected: CollectedRule(paths: ["a"], some: ["^[a-z]$"], never: ["^/"], size: .bytes(8)),
    )

    private static func result(
        _ verdict: Verdict = .ok,
        _ termination: Termination? = .exited(code: 0),
        stdout: String = "refused: EPERM\n",
        stderr: String = "",
        compile: String? = nil,
        files: [CollectedFile] = [CollectedFile(path: "a", contents: [1])],
        missing: [Layer] = [],
        kind: IsolationKind = .namespaces,
        usage: Usage = Usage(),
        layers: [Layer] = [.seccomp, .memoryLimit, .processLimit],
    ) -> ExecutionResult {
        ExecutionResult(
            language: "c",
            verdict: verdict,
            termination: termination,
            stdout: CapturedOutput(bytes: Array(stdout.utf8)),
            stderr: CapturedOutput(bytes: Array(stderr.utf8)),
            usage: usage,
            limits: limits,
            isolation: Isolation(layers: layers, missing: missing, kind: kind),
            compile: compile.map { text in
                StageResult(
                    termination: .exited(code: 0),
                    stdout: CapturedOutput(),
                    stderr: CapturedOutput(bytes: Array(text.utf8)),
                    usage: Usage(),
                    limits: limits,
                )
            },
            files: files,
        )
    }

    private static func next(_ verdict: Verdict = .ok, _ text: String = "hello\n", _ time: Duration = .zero)
        -> NextRun
    {
        NextRun(expected: "hello\n", result: result(verdict, stdout: text), time: time)
    }

    private func findings(
        _ result: ExecutionResult = JudgeTests.result(),
        harm: BaitHarm = BaitHarm(),
        fall: HostFall? = HostFall(),
        next: NextRun? = JudgeTests.next(),
        by rules: Containment = JudgeTests.rules,
        value: String? = nil,
    ) -> [String] {
        Judge(rules, limits: Self.limits).findings(
            on: Observation(
                result: result,
                token: Self.token,
                harm: harm,
                fall: fall,
                next: next,
                value: value,
            )
        )
    }

    @Test func `a program that got nowhere is contained`() { #expect(findings() == []) }

    @Test(arguments: [
        (result(.memoryExceeded), "the verdict is memory_exceeded, not ok"),
        (result(.internalError, nil), "the verdict is internal_error, not ok"),
        (result(.ok, .exited(code: 1)), "the program ended with exited(code: 1), not exit code 0"),
        (result(.ok, .signaled(9)), "the program ended with signaled(9), not exit code 0"),
        (result(.ok, nil), "the program ended with nothing, not exit code 0"),
        (result(stdout: "refused: EPERM\nBREACH: /etc/shadow\n"), "it said: BREACH: /etc/shadow"),
        (result(stderr: "so BREACH: it is\n"), "it said: so BREACH: it is"),
        (result(stdout: "nothing tried\n"), "nothing in its output matches 'refused: E[A-Z]+'"),
        (result(stdout: "refused: EPERM root:x:0:0"), "its output matches 'root:x:0'"),
        (result(stderr: "root:x:0:0"), "its output matches 'root:x:0'"),
        (result(stdout: "refused: EPERM \(token)"), "the bait's token is in standard output"),
        (result(stderr: "x\(token)"), "the bait's token is in standard error"),
        (result(compile: "#include: \(token)"), "the bait's token is in what the compiler wrote"),
        (
            result(files: [CollectedFile(path: "b", contents: [])]),
            "the files that came out are [\"b\"], not [\"a\"]",
        ),
        (result(files: []), "the files that came out are [], not [\"a\"]"),
        (
            result(files: [CollectedFile(path: "A", contents: [])]),
            "no file came out whose path matches '^[a-z]$'",
        ),
        (
            result(files: [CollectedFile(path: "a", contents: [UInt8](repeating: 0, count: 9))]),
            "9 bytes came out",
        ),
        (result(files: [CollectedFile(path: "/etc/x", contents: [])]), "a file came out as '/etc/x'"),
        (
            result(files: [CollectedFile(path: "a", contents: Array("\0\(token)".utf8))]),
            "the bait's token is in a file that came out",
        ),
        (result(usage: Usage(memory: .bytes(68_000_001))), "it had 68000001 bytes of memory, more than"),
        (result(usage: Usage(processes: 17)), "it had 17 processes, more than 16"),
        (result(usage: Usage(disk: .bytes(20_000_001))), "it had 20000001 bytes of files, more than"),
        (
            result(stdout: "refused: EPERM\n" + String(repeating: "x", count: 1_000_100)),
            "it had 1000115 bytes of output, more than 1000100",
        ),
        (
            result(compile: String(repeating: "x", count: 1_000_101)),
            "its compiler had 1000101 bytes of output, more than 1000100",
        ),
        (result(missing: [.landlock]), "it ran without landlock"),
        (result(kind: .landlock), "it was kept in by landlock, not namespaces"),
    ])
    func `a record that shows a breach is one`(result: ExecutionResult, finding: String) {
        let findings = findings(result)
        #expect(findings.contains { $0.hasPrefix(finding) }, "\(findings)")
    }

    @Test func `what nothing counts is more than no limit`() {
        let usage = Usage(memory: .megabytes(500), processes: 500)
        #expect(findings(Self.result(usage: usage, layers: [.seccomp])) == [])
    }

    @Test func `counts up to the limit are no breach`() {
        let usage = Usage(memory: .megabytes(64), processes: 16, disk: .megabytes(16))
        #expect(findings(Self.result(usage: usage)) == [])
    }

    @Test(arguments: [
        BaitHarm(tampering: ["file was changed"]), BaitHarm(victim: ["the victim is gone"]),
        BaitHarm(heard: ["TCP was connected to"]), BaitHarm(leftovers: ["process 7 bears the mark"]),
    ])
    func `harm to the bait is a breach, whether the case looks for it or not`(harm: BaitHarm) {
        #expect(findings(harm: harm).count == 1)
        let rules = Containment(verdicts: [.ok])
        #expect(findings(harm: harm, fall: nil, next: nil, by: rules).count == 1)
    }

    @Test(arguments: [
        (HostFall(memory: 64_000_000 + 512_000_001), "available memory"),
        (HostFall(disk: 16_000_000 + 64_000_001), "free disk space"),
        (HostFall(tasks: 16 + 65), "number of processes and threads"),
    ])
    func `a host that gave more than the limit is a breach`(fall: HostFall, name: String) {
        let findings = findings(fall: fall)
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix("the host's \(name) moved by") == true)
        // Another case's business.
        #expect(self.findings(fall: fall, by: Containment(verdicts: [.ok])) == [])
    }

    @Test(arguments: [
        (nil as NextRun?, "no program was run next"),
        (next(.internalError), "the program that ran next ended with internal_error"),
        (next(.ok, "goodbye\n"), "the program that ran next ended with ok: it printed goodbye"),
        (next(.ok, "hello\n", .seconds(6)), "the program that ran next took 6.0 s"),
    ])
    func `a program that fares badly afterwards is a breach`(next: NextRun?, finding: String) {
        let findings = findings(next: next)
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix(finding) == true, "\(findings)")
    }

    @Test func `a family's exit code must be that of its value`() {
        let rules = Containment(verdicts: [.ok, .nonzeroExit], exit: .each)
        #expect(findings(Self.result(.nonzeroExit, .exited(code: 7)), by: rules, value: "7") == [])
        #expect(findings(Self.result(.nonzeroExit, .exited(code: 8)), by: rules, value: "7").count == 1)
        #expect(findings(Self.result(.ok, .exited(code: 0)), by: rules, value: "7").count == 1)
    }

    @Test func `a count of the whole host that is all there is deserves a second look`() {
        func deserves(_ fall: HostFall, _ harm: BaitHarm = BaitHarm()) -> Bool {
            let observation = Observation(
                result: Self.result(),
                token: Self.token,
                harm: harm,
                fall: fall,
                next: Self.next(),
            )
            return Judge(Self.rules, limits: Self.limits).isHostWideAlone(observation)
        }
        #expect(!deserves(HostFall()))
        #expect(deserves(HostFall(memory: 1_000_000_000)))
        #expect(!deserves(HostFall(memory: 1_000_000_000), BaitHarm(heard: ["TCP was connected to"])))
    }
}
