import Logging
import Reporting
import RunClient
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
        if let code = try await streamingByService() { return code }
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

    /// Ends the output and says how the program ended; returns the exit code.
    ///
    /// Without a record, or with one of a program that was cancelled, somebody interrupted it.
    func finish(_ record: ExecutionResult?, _ live: inout LiveOutput) throws -> Int32 {
        guard let record, record.verdict != .cancelled else {
            return try live.interrupt()
        }
        try live.finish(with: record)
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
        if let record = try await recordByService() { return record }
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
        conclusion.tell()
        return conclusion.exitCode
    }
}
