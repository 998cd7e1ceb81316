import Languages
import SandboxModel
import Sanderling
import Testing

@testable import SanderlingCLI

/// What people read of results.
@Suite struct ResultTextTests {
    private func sample(
        _ verdict: Verdict = .ok,
        output: String = "30\n",
        errors: String = "",
        passed: Bool = true,
        failures: [String] = [],
        violations: [Violation] = [],
        runs: RunSpread? = nil,
    ) -> SampleResult {
        SampleResult(
            index: 0,
            description: "Simple arithmetic",
            hash: "",
            result: ExecutionResult(
                language: "python",
                version: "3.11.2",
                verdict: verdict,
                stdout: CapturedOutput(bytes: Array(output.utf8)),
                stderr: CapturedOutput(bytes: Array(errors.utf8)),
                errorMessage: verdict == .ok ? nil : "It ran out of something.",
                usage: Usage(
                    wallTime: .milliseconds(12),
                    cpuTime: .milliseconds(10),
                    memory: .bytes(8_100_000),
                ),
                limits: Limits(),
                isolation: Isolation(layers: []),
                violations: violations,
            ),
            passed: passed,
            expectationFailures: failures,
            runs: runs,
        )
    }

    private func lines(_ sample: SampleResult, isReported: Bool = true) -> [String] {
        SampleText(sample, total: 3, isReported: isReported, style: .plain).lines
    }

    @Test func `a sample shows its description, verdict, time, CPU, memory and output`() {
        #expect(
            lines(sample()) == [
                "✓ 1/3 Simple arithmetic",
                "    ok · python 3.11.2 · 12 ms · CPU 10 ms · peak 8.1 MB",
                "    │ 30",
            ]
        )
    }

    @Test func `of a program that did not compile the compiler's consumption is told`() {
        var uncompiled = sample(.compileFailed, output: "", passed: false)
        uncompiled.result.compile = StageResult(
            termination: .exited(code: 1),
            stdout: CapturedOutput(),
            stderr: CapturedOutput(),
            usage: uncompiled.result.usage,
            limits: .compileDefaults,
        )
        uncompiled.result.usage = Usage()
        #expect(
            lines(uncompiled)[1]
                == "    compile_failed · python 3.11.2 · compiling took 12 ms · CPU 10 ms · peak 8.1 MB"
        )
    }

    @Test func `a failed sample says why, and what was refused`() {
        let refused = Violation(
            kind: .systemCall,
            name: "socket",
            arguments: ["AF_INET"],
            count: 2,
            attestedBy: .kernel,
        )
        let text = lines(
            sample(
                .memoryExceeded,
                errors: "oh\n",
                passed: false,
                failures: ["expected the verdict ok, got memory_exceeded"],
                violations: [refused],
            )
        )
        #expect(
            text == [
                "✗ 1/3 Simple arithmetic",
                "    memory_exceeded · python 3.11.2 · 12 ms · CPU 10 ms · peak 8.1 MB",
                "    It ran out of something.",
                "    ✗ expected the verdict ok, got memory_exceeded",
                "    refused: socket(AF_INET) × 2",
                "    │ 30",
                "    ┆ oh",
            ]
        )
    }

    @Test func `a failure that was expected says so`() {
        let text = lines(sample(.memoryExceeded, output: ""))
        #expect(text[0] == "✓ 1/3 Simple arithmetic")
        #expect(text[1].hasPrefix("    memory_exceeded, as expected · python"))
    }

    @Test func `long output is cut, and says where the rest is`() {
        let output = (1...40).map(String.init).joined(separator: "\n")
        #expect(lines(sample(output: output)).last == "    │ … 30 more lines in the report")
        #expect(lines(sample(output: output), isReported: false).last == "    │ … 30 more lines")
        #expect(lines(sample(output: "", errors: output)).last == "    ┆ 40")
    }

    @Test func `output cannot steer the terminal`() {
        let text = lines(sample(output: "\u{1B}]0;owned\u{7}\rover\r\n\u{9B}31m\n")).joined()
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    @Test func `repeated runs show their spread`() {
        let runs = RunSpread(
            passed: 2,
            verdicts: [.ok, .ok, .nonzeroExit],
            distinctOutcomes: 2,
            minimum: .milliseconds(10),
            median: .milliseconds(12),
            maximum: .milliseconds(30),
        )
        #expect(
            lines(sample(passed: false, runs: runs)).contains(
                "    3 runs, 2 passed; 10 ms, 12 ms, 30 ms (least, median, greatest); "
                    + "flaky: 2 outcomes, 1 × nonzero_exit, 2 × ok"
            )
        )
    }

    @Test func `a summary has the rates, the verdicts, the languages and the reports`() {
        let zig = SkippedSample(
            index: 4,
            description: "Zig: a sum",
            language: "zig",
            reason: "not installed",
        )
        var summary = BatchSummary(total: 4, skipped: [zig])
        summary.add(sample())
        summary.add(sample())
        summary.add(sample(.memoryExceeded, passed: false))
        summary.wallTime = .seconds(2)
        summary.interrupted = true
        let text = SummaryText(
            summary,
            reports: [("JSON", "/o/r.json"), ("HTML", "/o/r.html")],
            style: .plain,
        )
        #expect(
            text.lines == [
                "4 samples in 2 s, interrupted",
                "2 passed (success rate 66.7 %)",
                "1 failed (failure rate 33.3 %)",
                "1 not started",
                "1 skipped",
                "    Zig: a sum: not installed",
                "",
                "VERDICT          SAMPLES",
                "ok                     2",
                "memory_exceeded        1",
                "",
                "LANGUAGE  SAMPLES  PASSED",
                "python          3       2",
                "",
                "CPU 30 ms in all, peak memory 8.1 MB",
                "",
                "JSON  /o/r.json",
                "HTML  /o/r.html",
            ]
        )
    }

    @Test func `the progress line counts, names the oldest, and fits the terminal`() {
        var progress = BatchProgress(total: 3)
        progress.note(.sampleStarted(index: 0, description: "Simple arithmetic"), at: .zero)
        progress.note(.sampleStarted(index: 1, description: "Infinite\nloop"), at: .seconds(1))
        progress.note(.sampleStarted(index: 2, description: "Fork bomb"), at: .seconds(2))
        progress.note(.sampleFinished(sample()), at: .seconds(3))
        #expect(
            progress.text(at: .seconds(4), frame: 0, columns: 80)
                == "⠋ 1/3  1 passed, 0 failed  Infinite␊loop 3 s (+1)"
        )
        #expect(progress.text(at: .seconds(4), frame: 11, columns: 12) == "⠙ 1/3  1 p…")
    }

    @Test func `a survey marks each layer, with its mend`() {
        let reports = [
            LayerReport(layer: .seccomp, isEnforced: true, detail: "tried"),
            LayerReport(layer: .memoryLimit, isEnforced: false, detail: "no cgroup", mend: "delegate one"),
        ]
        #expect(
            LayerList(reports, style: .plain).lines == [
                "✓ seccomp       tried",
                "✗ memory_limit  no cgroup",
                "                → delegate one",
                "",
                "1 of 2 layers enforced. Programs that need the others are refused.",
            ]
        )
    }

    @Test func `languages are listed with their versions or how to have them`() {
        let languages = [
            InstalledLanguage(
                name: "python",
                displayName: "Python",
                family: .python,
                version: "3.11.2",
                present: true,
                extensions: ["py"],
            ),
            InstalledLanguage(
                name: "lua",
                displayName: "Lua",
                family: .script,
                version: nil,
                present: false,
                extensions: ["lua"],
                install: "apt-get install lua5.4",
            ),
        ]
        #expect(
            LanguageTable(languages, style: .plain).lines == [
                "NAME    VERSION        FAMILY  FILES  TO INSTALL",
                "python  3.11.2         python  .py",
                "lua     not installed  script  .lua   apt-get install lua5.4",
                "",
                "1 of 2 languages present",
            ]
        )
    }

    @Test func `a finding is told as compilers tell theirs`() {
        let finding = AuditFinding(
            tool: "bandit",
            rule: "B102",
            name: "exec_used",
            severity: .medium,
            confidence: .high,
            message: "Use of exec detected.",
            path: "main.py",
            line: 2,
            column: 1,
            weakness: 78,
        )
        let program = Program(language: "python", code: "x = '1'\nexec(x)\n")
        #expect(
            AuditReport(findings: [finding], program: program).lines(style: .plain) == [
                "main.py:2:1: medium: Use of exec detected. [B102 exec_used, CWE-78]",
                "    exec(x)",
                "",
                "1 finding",
            ]
        )
    }

    @Test func `emphasis is for those who see it`() {
        #expect(Style(isColored: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
        #expect(Style.plain.red("x") == "x")
    }

    @Test func `wide characters take two columns`() {
        #expect("日本".displayWidth == 4)
        #expect("日本語".clipped(to: 5) == "日本…")
        #expect("e\u{301}".displayWidth == 1)
    }
}
