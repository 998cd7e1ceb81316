import LinuxKernel
import RunClient
import SandboxModel
import Sanderling
import Testing

@testable import SanderlingCLI

/// The exit codes of the command, verdict by verdict and error by error.
@Suite struct ExitStatusTests {
    private func result(
        _ verdict: Verdict,
        _ termination: Termination? = nil,
        compile: StageResult? = nil,
        message: String? = nil,
    ) -> ExecutionResult {
        ExecutionResult(
            language: "c",
            verdict: verdict,
            termination: termination,
            evidence: Evidence(source: "wait status", value: "1", attestedBy: .kernel),
            errorMessage: message,
            limits: Limits(),
            isolation: Isolation(layers: []),
            compile: compile,
        )
    }

    /// The code of each verdict; a new verdict does not compile until it is here.
    private func expected(_ verdict: Verdict) -> (Termination?, Int32) {
        switch verdict {
        case .ok: (.exited(code: 0), 0)
        case .nonzeroExit: (.exited(code: 3), 3)
        case .signaled: (.signaled(11), 139)
        case .wallTimeExceeded, .cpuTimeExceeded: (.signaled(9), 124)
        case .memoryExceeded, .processLimitExceeded, .outputLimitExceeded, .diskLimitExceeded,
            .fileSizeExceeded:
            (.signaled(9), 137)
        case .policyViolation: (.exited(code: 1), 126)
        case .compileFailed: (nil, 4)
        case .cancelled: (.signaled(9), 130)
        case .internalError: (nil, 125)
        }
    }

    @Test(arguments: Verdict.allCases)
    func `each verdict has its exit code, and a reason unless it is ok`(verdict: Verdict) {
        let (termination, code) = expected(verdict)
        let stage = stage(.exited(code: 4))
        let conclusion = RunConclusion(
            result(
                verdict,
                termination,
                compile: verdict == .compileFailed ? stage : nil,
                message: "Because.",
            )
        )
        #expect(conclusion.exitCode == code)
        #expect(conclusion.reason == (verdict == .ok ? nil : "\(verdict.rawValue): Because."))
    }

    private func stage(_ termination: Termination?, limit: LimitName? = nil) -> StageResult {
        let evidence = Evidence(source: "clock", value: "1", attestedBy: .sanderling)
        return StageResult(
            termination: termination,
            stdout: CapturedOutput(),
            stderr: CapturedOutput(),
            usage: Usage(),
            limits: Limits(),
            limitExceeded: limit.map { LimitHit(limit: $0, evidence: evidence) },
        )
    }

    @Test func `a failed compilation answers with what ended the compiler`() {
        func code(_ stage: StageResult?) -> Int32 {
            RunConclusion(result(.compileFailed, compile: stage)).exitCode
        }
        #expect(code(stage(.exited(code: 7))) == 7)
        #expect(code(stage(.signaled(11))) == 139)
        #expect(code(stage(.signaled(9), limit: .wallTime)) == 124)
        #expect(code(stage(.signaled(9), limit: .cpuTime)) == 124)
        #expect(code(stage(.signaled(9), limit: .memory)) == 137)
        #expect(code(stage(.exited(code: 0))) == 1)
        #expect(code(stage(nil)) == 125)
        #expect(code(nil) == 125)
    }

    @Test func `a reason stays on one line and steers no terminal`() {
        let hostile = "import \u{1B}[2J\nsanderling: ok"
        let reason = RunConclusion(result(.policyViolation, .exited(code: 1), message: hostile)).reason
        #expect(reason == "policy_violation: import ␛[2J␊sanderling: ok")
    }

    @Test func `errors have their exit codes`() {
        let file = BatchFileError(path: "b.yaml", mistakes: [.init(position: .start, message: "empty")])
        #expect(ExitStatus.code(for: Mistake("no")) == 64)
        #expect(ExitStatus.code(for: SandboxError(.unknownLanguage, "no")) == 64)
        #expect(ExitStatus.code(for: SandboxError(.invalidRequest, "no")) == 64)
        #expect(ExitStatus.code(for: SandboxError(.layerUnavailable, "no")) == 125)
        #expect(ExitStatus.code(for: SandboxError(.languageNotInstalled, "no")) == 125)
        #expect(ExitStatus.code(for: file) == 2)
        #expect(ExitStatus.code(for: CancellationError()) == 130)
        #expect(ExitStatus.code(for: KernelError(call: "write", number: 32)) == 141)
        #expect(ExitStatus.code(for: KernelError(call: "write", number: 28)) == 125)
    }

    @Test func `an error is told on lines of its own`() {
        let file = BatchFileError(
            path: "b.yaml",
            mistakes: [
                .init(position: BatchPosition(line: 2, column: 3), message: "two"),
                .init(position: .start, message: "one"),
            ],
        )
        #expect(ErrorLines(file).lines == ["b.yaml:1:1: one", "b.yaml:2:3: two"])
        #expect(
            ErrorLines(SandboxError(.layerUnavailable, "no seccomp", mend: "use another kernel")).lines
                == ["sanderling: no seccomp; use another kernel"]
        )
        #expect(ErrorLines(Mistake("wrong\u{1B}")).lines == ["sanderling: wrong␛"])
    }
}
