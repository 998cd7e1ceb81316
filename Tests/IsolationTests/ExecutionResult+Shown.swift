import SandboxModel
import Testing

extension ExecutionResult {
    /// What a failed expectation shows of it.
    var shown: Comment {
        """
        \(verdict) \(termination.map { "\($0)" } ?? "-") \(errorMessage ?? "") hit \(limitsHit.map(\.limit))
        usage: \(usage)
        stdout: \(stdout.text?.suffix(2_000) ?? "\(stdout.bytes.count) bytes")
        stderr: \(stderr.text?.suffix(2_000) ?? "\(stderr.bytes.count) bytes")
        compile: \(compile?.stderr.text?.suffix(2_000) ?? "-")
        """
    }

    /// What it wrote to standard output, as text.
    var output: String { stdout.text ?? "" }

    /// The lines of its standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
}
