package import LinuxKernel
package import SandboxModel

/// A program's output on its way to the command's own, as it comes.
///
/// On a terminal escapes are made inert; anywhere else the bytes pass as they are. What a compiler writes is
/// diagnostics, and goes to standard error whichever stream it chose.
package struct LiveOutput {
    private var output: Channel
    private var error: Channel
    private var isCompiling = false
    /// Whether the compiler's output has been shown.
    package private(set) var showedCompiler = false

    /// Output to the given streams.
    package init(output: StandardStream = .output, error: StandardStream = .error) {
        self.output = Channel(output)
        self.error = Channel(error)
    }

    /// Passes an event's output on.
    package mutating func show(_ event: ExecutionEvent) throws(KernelError) {
        switch event {
        case .started(let stage): isCompiling = stage == .compile
        case .stdout(let bytes) where !isCompiling: try output.show(bytes)
        case .stdout(let bytes), .stderr(let bytes):
            if isCompiling { showedCompiler = true }
            try error.show(bytes)
        case .finished: break
        }
    }

    /// Shows what the compiler wrote, when it did not come as it was written.
    private mutating func showCompiler(_ stage: StageResult) throws(KernelError) {
        guard !showedCompiler else { return }
        try error.show(stage.stdout.bytes)
        try error.show(stage.stderr.bytes)
    }

    /// Ends the streams; a line that was left open is ended where a person would see the next one run into it.
    package mutating func finish() throws(KernelError) {
        try output.finish()
        try error.finish()
        guard error.isTerminal, output.isTerminal ? output.isMidLine || error.isMidLine : error.isMidLine
        else { return }
        try error.show([0x0A])
    }

    /// Ends the streams of a program that ended as `record` says.
    package mutating func finish(with record: ExecutionResult) throws(KernelError) {
        if record.verdict == .compileFailed, let stage = record.compile { try showCompiler(stage) }
        try finish()
    }

    /// Ends the streams of a program that somebody interrupted, and says so; returns the exit code.
    package mutating func interrupt() throws(KernelError) -> Int32 {
        try finish()
        StandardStream.error.tell("sanderling: \(Verdict.cancelled.rawValue): interrupted")
        return ExitStatus.interrupted
    }

    /// One stream of the command's.
    private struct Channel {
        let stream: StandardStream
        let isTerminal: Bool
        private var filter = TerminalText()
        private(set) var isMidLine = false

        init(_ stream: StandardStream) {
            self.stream = stream
            isTerminal = stream.isTerminal
        }

        mutating func show(_ bytes: [UInt8]) throws(KernelError) {
            guard let last = bytes.last else { return }
            isMidLine = last != 0x0A
            if isTerminal {
                try stream.write(filter.inert(bytes))
            } else {
                try stream.write(bytes)
            }
        }

        mutating func finish() throws(KernelError) {
            if isTerminal { try stream.write(filter.finish()) }
        }
    }
}
