package import LinuxKernel
package import SandboxModel

extension LiveOutput {
    /// Ends the streams of a program that ended as `record` says, and says how; returns the command's exit code.
    package mutating func conclude(_ record: ExecutionResult) throws(KernelError) -> Int32 {
        guard record.verdict != .cancelled else { return try interrupt() }
        try finish(with: record)
        let conclusion = RunConclusion(record)
        conclusion.tell()
        return conclusion.exitCode
    }
}
