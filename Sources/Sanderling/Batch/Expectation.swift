public import SandboxModel

/// What should come of a sample; success, when nothing is named.
public struct Expectation: Sendable, Hashable {
    /// The verdicts that count as passed.
    ///
    /// `nil` is ``/SandboxModel/Verdict/ok``, or an exit by itself when ``exitCode`` is named.
    public var verdicts: Set<Verdict>?
    /// The program's exit code.
    ///
    /// `nil` leaves it to the verdict.
    public var exitCode: Int32?
    /// Standard output, compared byte for byte once each side has lost one newline at its end.
    ///
    /// `nil` is any output.
    public var stdout: [UInt8]?

    /// An expectation; without arguments, that the program succeeds.
    public init(verdicts: Set<Verdict>? = nil, exitCode: Int32? = nil, stdout: [UInt8]? = nil) {
        self.verdicts = verdicts
        self.exitCode = exitCode
        self.stdout = stdout
    }

    /// Why a result does not meet the expectation, one sentence each; empty when it does.
    public func failures(of result: ExecutionResult) -> [String] {
        var failures: [String] = []
        let accepted = verdicts ?? (exitCode == nil ? [.ok] : [.ok, .nonzeroExit])
        if !accepted.contains(result.verdict) {
            let names = accepted.map(\.rawValue).sorted().joined(separator: " or ")
            failures.append("expected the verdict \(names), got \(result.verdict.rawValue)")
        }
        if let exitCode, result.exitCode != exitCode {
            let got = result.termination?.signal.map { "signal \($0)" } ?? "\(result.exitCode)"
            failures.append("expected exit code \(exitCode), got \(got)")
        }
        if let stdout, let difference = OutputDifference(expected: stdout, actual: result.stdout.bytes) {
            let note = result.stdout.truncated ? " (output was truncated)" : ""
            failures.append("standard output \(difference)\(note)")
        }
        return failures
    }
}
