import Logging
import Reporting
import SandboxModel
import Sanderling

/// One run of a program, and how it is told.
struct ProgramRun: Sendable {
    let program: Program
    let input: StandardInput
    let policy: Policy
    let limits: Limits
    let compileLimits: Limits?
    let collectTo: String?
    /// What a sandbox of this process is made with.
    let configuration: @Sendable () -> Sandbox.Configuration
    /// Whether a service of this machine may run it.
    let mayUseService: Bool

    /// Runs the program with its output streaming through; returns the exit code.
    func streaming() async throws -> Int32 {
        let served = try await inService { cancellation -> Int32? in
            guard let service = LocalService.find() else { return nil }
            return try service.streaming(self, until: cancellation)
        }
        if let served { return served }
        return try await withSandbox(configuration()) { sandbox in
            var live = LiveOutput()
            var record: ExecutionResult?
            let events = sandbox.events(
                of: program,
                stdin: input,
                policy: policy,
                limits: limits,
                compileLimits: compileLimits,
            )
            for try await event in events {
                try live.show(event)
                if case .finished(let result) = event { record = result }
            }
            // A cancelled stream ends without a record.
            return try finish(record, &live)
        }
    }

    /// What a service of this machine makes of the run; `nil` where none may or will.
    private func inService<Value>(
        _ body: (CancellationSignal) throws -> Value?
    ) async throws -> Value? {
        // A host's own files and network are this process's to give.
        guard mayUseService, policy.mounts.isEmpty, policy.network != .host else { return nil }
        let cancellation = CancellationSignal()
        return try await withTaskCancellationHandler {
            try body(cancellation)
        } onCancel: {
            cancellation.cancel()
        }
    }

    /// Ends the output and says how the program ended; returns the exit code.
    ///
    /// Without a record, or with one of a program that was cancelled, somebody interrupted it.
    func finish(_ record: ExecutionResult?, _ live: inout LiveOutput) throws -> Int32 {
        guard let record, record.verdict != .cancelled else {
            try live.finish()
            StandardStream.error.tell("sanderling: \(Verdict.cancelled.rawValue): interrupted")
            return ExitStatus.interrupted
        }
        if record.verdict == .compileFailed, let stage = record.compile { try live.showCompiler(stage) }
        try live.finish()
        try collect(record)
        let patterns = program.collect.map(\.quoted).joined(separator: ", ")
        if !record.filesComplete {
            StandardStream.error.tell(
                """
                sanderling: not every file that matched --collect \(patterns) was brought out: \
                some are more than --disk permits, too many, or unreadable
                """.onOneLine
            )
        } else if !program.collect.isEmpty, record.files.isEmpty, record.verdict != .compileFailed {
            StandardStream.error.tell(
                "sanderling: no file in the program's directories matched --collect \(patterns)".onOneLine
            )
        }
        return conclude(record)
    }

    /// Runs the program and keeps its output in the record.
    func record() async throws -> ExecutionResult {
        let served = try await inService { cancellation -> ExecutionResult? in
            guard let service = LocalService.find() else { return nil }
            return try service.record(self, until: cancellation)
        }
        if let served { return served }
        return try await withSandbox(configuration()) { sandbox in
            try await sandbox.execute(
                program,
                stdin: input,
                policy: policy,
                limits: limits,
                compileLimits: compileLimits,
            )
        }
    }

    /// Prints a record, also when its files cannot be written; returns the same exit code as ``streaming()``.
    func print(_ record: ExecutionResult) throws -> Int32 {
        let collected = Result { try collect(record) }
        try StandardStream.output.write(Array(ResultJSON.encode(record)) + [0x0A])
        try collected.get()
        return conclude(record)
    }

    private func collect(_ record: ExecutionResult) throws {
        guard let collectTo else { return }
        try CollectedFiles(directory: collectTo).write(record.files)
    }

    private func conclude(_ record: ExecutionResult) -> Int32 {
        let conclusion = RunConclusion(record)
        Logger(label: "sanderling.run").info("finished", metadata: record.logMetadata)
        if record.isolation.enforcement == .partial {
            let missing = record.isolation.missing.map(\.rawValue).joined(separator: ", ")
            StandardStream.error.tell("sanderling: isolation was partial, without \(missing)")
        }
        if let reason = conclusion.reason { StandardStream.error.tell("sanderling: \(reason)") }
        return conclusion.exitCode
    }
}
