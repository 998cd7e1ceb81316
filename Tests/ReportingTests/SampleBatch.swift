import SandboxModel

/// A batch made up for the tests: every verdict, each kind of detail, and texts that try to break out of a report.
enum SampleBatch {
    /// What hostile programs put into every text they control.
    static let hostile =
        "</script><script>alert(1)</script><!-- ]]> \u{1B}[2J\u{1B}]0;owned\u{7} \u{202E}gnp.exe\u{2066} \u{0}"
        + " \u{9B}31m | `x` \"quoted\" 'single' & =1+1\r\nsecond line"

    /// One sample for each verdict, then a few with more to show.
    static var samples: [SampleResult] { verdicts + [compiled, audited, repeated, hostileSample] }

    static var summary: BatchSummary {
        var summary = BatchSummary(total: samples.count)
        for sample in samples { summary.add(sample) }
        summary.wallTime = .milliseconds(11_840)
        return summary
    }

    private static let descriptions: [Verdict: (String, String)] = [
        .ok: ("Simple arithmetic", "print(10 + 20)"),
        .nonzeroExit: ("Error handling", "int('twelve')"),
        .signaled: ("Null pointer", "*(int *)0 = 1;"),
        .wallTimeExceeded: ("Waits for ever", "time.sleep(1e9)"),
        .cpuTimeExceeded: ("Infinite loop", "while True: pass"),
        .memoryExceeded: ("Memory bomb", "x = [bytearray(1 << 20) for _ in range(1 << 20)]"),
        .processLimitExceeded: ("Fork bomb", ":(){ :|:& };:"),
        .outputLimitExceeded: ("Output flood", "while True: print('sand' * 1000)"),
        .diskLimitExceeded: ("Fills the disk", "dd if=/dev/zero of=/tmp/full"),
        .fileSizeExceeded: ("One huge file", "open('/tmp/huge', 'wb').truncate(1 << 40)"),
        .policyViolation: ("Restricted import", "import subprocess"),
        .compileFailed: ("Compile error", "int main( { return 0 }"),
        .cancelled: ("Interrupted", "time.sleep(5)"),
        .internalError: ("Launcher vanished", "print('never ran')"),
    ]

    static var verdicts: [SampleResult] {
        var start = Duration.zero
        return Verdict.allCases.enumerated().map { index, verdict in
            let (description, source) = descriptions[verdict] ?? (verdict.rawValue, "")
            let result = result(verdict, weight: index + 1)
            // Two at a time, as on a machine with two cores.
            defer { if index % 2 == 1 { start += result.usage.wallTime.scaled(0.7) } }
            return SampleResult(
                index: index,
                description: description,
                hash: String(repeating: String(index % 10), count: 64),
                source: Array(source.utf8),
                result: result,
                passed: [.ok, .wallTimeExceeded, .cpuTimeExceeded, .policyViolation].contains(verdict),
                expectationFailures: verdict == .nonzeroExit ? ["exit code 1, expected 0"] : [],
                startedAt: start,
                resumed: verdict == .diskLimitExceeded,
            )
        }
    }

    /// A result with the verdict; `weight` makes its numbers differ from the others'.
    static func result(_ verdict: Verdict, weight: Int) -> ExecutionResult {
        let limits = Limits(wallTime: .seconds(5), cpuShare: 0.5, memory: .megabytes(100))
        let long = [.wallTimeExceeded, .cpuTimeExceeded, .memoryExceeded].contains(verdict)
        let wall =
            verdict == .wallTimeExceeded
            ? Duration.milliseconds(5_002) : .milliseconds(long ? 2_840 : 13 * weight)
        let memory = verdict == .memoryExceeded ? 100_000_000 : 7_400_000 + 1_310_000 * weight
        var result = ExecutionResult(
            language: ["python", "python", "c", "bash"][weight % 4],
            version: ["3.11.2", "3.11.2", "12.2.0", "5.2.15"][weight % 4],
            verdict: verdict,
            termination: termination(verdict),
            evidence: evidence(verdict),
            stdout: CapturedOutput(bytes: Array("line \(weight)\n".utf8)),
            stderr: CapturedOutput(
                bytes: verdict == .ok ? [] : Array("Traceback: \(verdict.rawValue)\n".utf8)
            ),
            errorMessage: verdict == .ok ? nil : "The program ended as \(verdict.rawValue).",
            usage: Usage(
                wallTime: wall,
                cpuTime: wall.scaled(0.45),
                userTime: wall.scaled(0.4),
                systemTime: wall.scaled(0.05),
                memory: .bytes(memory),
                processes: weight,
                output: .bytes(7 * weight),
                disk: .bytes(4_096 * weight),
            ),
            limits: limits,
            isolation: Isolation(
                layers: Layer.allCases.filter { $0 != .landlockScope && $0 != .cpuShareLimit },
                missing: weight % 5 == 0 ? [.cpuShareLimit] : [],
                filesystem: weight % 3 == 0 ? .scratch : .none,
                modules: ModulePolicy(denied: ["os", "sys", "subprocess"], allowed: ["math", "random"]),
            ),
        )
        if long { result.samples = readings(until: wall, growingTo: memory) }
        if let limit = limit(verdict), let evidence = result.evidence {
            result.limitsHit = [LimitHit(limit: limit, evidence: evidence)]
        }
        if verdict == .policyViolation {
            result.violations = [
                Violation(kind: .module, name: "subprocess", attestedBy: .program),
                Violation(
                    kind: .systemCall,
                    name: "socket",
                    arguments: ["AF_NETLINK", "SOCK_RAW"],
                    count: 3,
                    attestedBy: .kernel,
                ),
            ]
        }
        return result
    }

    private static func readings(until end: Duration, growingTo memory: Int) -> [ResourceSample] {
        (0...40).map { step in
            let share = Double(step) / 40
            // Work in bursts, so that the processor's line is not flat.
            let cpu = share * 0.4 + (step % 10 < 5 ? 0.01 * Double(step % 5) : 0.04)
            return ResourceSample(
                time: end.scaled(share),
                cpuTime: end.scaled(cpu),
                memory: .bytes(Int(Double(memory) * (0.1 + 0.9 * share * share))),
            )
        }
    }

    private static func termination(_ verdict: Verdict) -> Termination? {
        switch verdict {
        case .ok: .exited(code: 0)
        case .nonzeroExit, .policyViolation: .exited(code: 1)
        case .signaled: .signaled(11)
        case .compileFailed, .internalError: nil
        default: .signaled(9)
        }
    }

    private static func evidence(_ verdict: Verdict) -> Evidence? {
        switch verdict {
        case .ok: nil
        case .memoryExceeded:
            Evidence(source: "memory.oom_control oom_kill", value: "1", attestedBy: .kernel)
        case .policyViolation:
            Evidence(source: "module guard", value: "import of 'subprocess' refused", attestedBy: .program)
        case .wallTimeExceeded: Evidence(source: "wall clock", value: "5 s", attestedBy: .sanderling)
        default: Evidence(source: "wait status", value: verdict.rawValue, attestedBy: .kernel)
        }
    }

    private static func limit(_ verdict: Verdict) -> LimitName? {
        switch verdict {
        case .wallTimeExceeded: .wallTime
        case .cpuTimeExceeded: .cpuTime
        case .memoryExceeded: .memory
        case .processLimitExceeded: .processes
        case .outputLimitExceeded: .output
        case .diskLimitExceeded: .disk
        case .fileSizeExceeded: .fileSize
        default: nil
        }
    }

    /// A sample with a compile stage and collected files, one of them binary.
    static var compiled: SampleResult {
        var result = result(.ok, weight: 18)
        result.language = "rust"
        result.version = nil
        result.compile = StageResult(
            termination: .exited(code: 0),
            stdout: CapturedOutput(),
            stderr: CapturedOutput(
                bytes: Array("warning: unused variable `x`\n".utf8),
                truncated: true,
                total: 9_000,
            ),
            usage: Usage(wallTime: .milliseconds(412), cpuTime: .milliseconds(390), memory: .megabytes(148)),
            limits: .compileDefaults,
            limitExceeded: LimitHit(
                limit: .output,
                evidence: Evidence(source: "bytes read", value: "9000", attestedBy: .sanderling),
            ),
            cached: true,
        )
        result.files = [
            CollectedFile(path: "out/table.csv", contents: Array("a,b\n1,2\n".utf8)),
            CollectedFile(path: "out/plot.png", contents: [0x89, 0x50, 0x4E, 0x47, 0xFF, 0x00]),
        ]
        result.isolation.privateDirectory = "/var/private"
        return sample(14, "Compiled, with files", result)
    }

    /// A sample whose compile stage failed, so that nothing was run.
    static var uncompiled: SampleResult {
        var sample = compiled
        sample.result.verdict = .compileFailed
        sample.result.compile?.limitExceeded = nil
        sample.result.termination = nil
        sample.result.usage = Usage()
        sample.result.files = []
        sample.passed = false
        return sample
    }

    /// A sample in which an audit found something.
    static var audited: SampleResult {
        var sample = sample(15, "Audited", result(.ok, weight: 4))
        sample.auditFindings = [
            AuditFinding(
                tool: "bandit",
                rule: "B102",
                name: "exec_used",
                severity: .medium,
                confidence: .high,
                message: "Use of exec detected.",
                path: "main.py",
                line: 3,
                endLine: 4,
                column: 5,
                weakness: 78,
                help: "https://bandit.readthedocs.io/en/latest/plugins/b102_exec_used.html",
            )
        ]
        return sample
    }

    /// A sample that ran several times and did not end alike.
    static var repeated: SampleResult {
        var sample = sample(16, "Flaky", result(.nonzeroExit, weight: 9))
        sample.passed = false
        sample.runs = RunSpread(
            passed: 3,
            verdicts: [.ok, .ok, .nonzeroExit, .ok],
            distinctOutcomes: 2,
            minimum: .milliseconds(12),
            median: .milliseconds(15),
            maximum: .milliseconds(117),
        )
        return sample
    }

    /// A sample whose every text is ``hostile``.
    static var hostileSample: SampleResult {
        var result = result(.policyViolation, weight: 7)
        result.language = hostile
        result.version = hostile
        result.evidence = Evidence(source: hostile, value: hostile, attestedBy: .program)
        result.stdout = CapturedOutput(
            bytes: Array(hostile.utf8) + Array(String(repeating: "A", count: 20_000).utf8)
        )
        result.stderr = CapturedOutput(
            bytes: [0xFF, 0xFE, 0x00, 0x1B] + Array(hostile.utf8),
            truncated: true,
            total: 1 << 30,
        )
        result.errorMessage = hostile
        result.violations = [
            Violation(kind: .module, name: hostile, arguments: [hostile], attestedBy: .program)
        ]
        result.files = [CollectedFile(path: "../\(hostile)", contents: Array(hostile.utf8))]
        var sample = sample(17, hostile, result)
        sample.hash = String(repeating: "f", count: 64)
        sample.source = Array(hostile.utf8)
        sample.expectationFailures = [hostile]
        sample.passed = false
        sample.auditFindings = [
            AuditFinding(
                tool: hostile,
                rule: hostile,
                name: hostile,
                severity: .high,
                confidence: .low,
                message: hostile,
                path: hostile,
                line: 1,
                help: "javascript:alert(1)",
            )
        ]
        return sample
    }

    private static func sample(_ index: Int, _ description: String, _ result: ExecutionResult) -> SampleResult
    {
        SampleResult(
            index: index,
            description: description,
            hash: String(repeating: "ab\(index)", count: 16),
            source: Array("print(\(index))".utf8),
            result: result,
            passed: result.success,
            startedAt: .milliseconds(9_000 + 80 * index),
        )
    }

    /// As many samples as wanted, made one at a time.
    static func many(_ count: Int) -> some Sequence<SampleResult> {
        (0..<count).lazy.map { index in
            let verdict: Verdict = index % 50 == 7 ? .nonzeroExit : index % 211 == 9 ? .wallTimeExceeded : .ok
            var sample = sample(index, "Sample \(index)", result(verdict, weight: index % 17 + 1))
            sample.hash = "hash-\(index)"
            sample.startedAt = .milliseconds(5 * index)
            return sample
        }
    }
}

extension Duration {
    /// A share of the duration, in whole nanoseconds as a clock would give it.
    fileprivate func scaled(_ share: Double) -> Duration {
        .nanoseconds(Int64(Double(inNanoseconds) * share))
    }
}
