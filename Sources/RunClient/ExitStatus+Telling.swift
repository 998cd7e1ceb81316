import LinuxKernel

extension ExitStatus {
    /// Says on standard error why a run failed, unless whoever read its output has gone; returns the exit code.
    package static func tell(_ error: any Error) -> Int32 {
        let code = code(forFailure: error)
        let reason = (error as? KernelError)?.sentence ?? "\(error)"
        if code != readerGone { StandardStream.error.tell("sanderling: \(reason.onOneLine)") }
        return code
    }
}
