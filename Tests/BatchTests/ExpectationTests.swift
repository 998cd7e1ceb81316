import SandboxModel
import Sanderling
import Testing

@Suite struct ExpectationTests {
    private func result(_ verdict: Verdict, _ termination: Termination?, _ stdout: String = "")
        -> ExecutionResult
    {
        ExecutionResult(
            language: "python",
            verdict: verdict,
            termination: termination,
            stdout: CapturedOutput(bytes: Array(stdout.utf8)),
            limits: Limits(),
            isolation: Isolation(layers: []),
        )
    }

    @Test func `no expectation means success`() {
        #expect(Expectation().failures(of: result(.ok, .exited(code: 0))).isEmpty)
        #expect(
            Expectation().failures(of: result(.nonzeroExit, .exited(code: 1)))
                == ["expected the verdict ok, got nonzero_exit"]
        )
    }

    @Test func `an expected time-out counts as passed`() {
        let expectation = Expectation(verdicts: [.wallTimeExceeded, .cpuTimeExceeded])
        #expect(expectation.failures(of: result(.wallTimeExceeded, .signaled(9))).isEmpty)
        #expect(
            expectation.failures(of: result(.ok, .exited(code: 0)))
                == ["expected the verdict cpu_time_exceeded or wall_time_exceeded, got ok"]
        )
    }

    @Test func `an expected exit code is the program's own`() {
        let expectation = Expectation(exitCode: 3)
        #expect(expectation.failures(of: result(.nonzeroExit, .exited(code: 3))).isEmpty)
        #expect(
            expectation.failures(of: result(.nonzeroExit, .exited(code: 4)))
                == ["expected exit code 3, got 4"]
        )
        #expect(
            expectation.failures(of: result(.memoryExceeded, .signaled(9))) == [
                "expected the verdict nonzero_exit or ok, got memory_exceeded",
                "expected exit code 3, got signal 9",
            ]
        )
    }

    @Test(arguments: [
        ("30", "30\n"), ("30\n", "30"), ("30\n", "30\n"), ("", ""), ("", "\n"), ("a\n\n", "a\n\n"),
    ])
    func `one newline at the end is no difference`(expected: String, actual: String) {
        let expectation = Expectation(stdout: Array(expected.utf8))
        #expect(expectation.failures(of: result(.ok, .exited(code: 0), actual)).isEmpty)
    }

    @Test(arguments: [
        ("30", "31", "standard output differs at line 1, column 2: expected '30', got '31'"),
        ("a\nb\nc", "a\nB\nc", "standard output differs at line 2, column 1: expected 'b', got 'B'"),
        ("a\nb", "a", "standard output ends at line 1, column 2, before the expected '\\nb'"),
        ("a", "a\n\n", "standard output goes on at line 1, column 2, with '\\n'"),
        ("a", "ab", "standard output goes on at line 1, column 2, with 'b'"),
        ("a\n\n", "a\n", "standard output ends at line 1, column 2, before the expected '\\n'"),
        ("a\n", "b\n", "standard output differs at line 1, column 1: expected 'a', got 'b'"),
        ("a\nb", "ac\nb", "standard output differs at line 1, column 2: expected 'a', got 'ac'"),
        ("", "x", "standard output goes on at line 1, column 1, with 'x'"),
        ("x", "", "standard output ends at line 1, column 1, before the expected 'x'"),
        ("a ", "a", "standard output ends at line 1, column 2, before the expected ' '"),
        ("x", "\u{1B}[2J", "standard output differs at line 1, column 1: expected 'x', got '\\u{1B}[2J'"),
    ])
    func `a difference is shown at its first place`(expected: String, actual: String, message: String) {
        let expectation = Expectation(stdout: Array(expected.utf8))
        #expect(expectation.failures(of: result(.ok, .exited(code: 0), actual)) == [message])
    }
}
