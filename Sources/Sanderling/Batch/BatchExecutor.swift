public import SandboxModel

/// What carries out the samples of a batch.
public protocol BatchExecutor: Sendable {
    /// Refuses samples that this host cannot carry out as they ask, before any of them starts.
    ///
    /// - Returns: The optional samples that are left out, because this host lacks their language.
    /// - Throws: ``BatchRefusal`` naming each sample and what it lacks; ``/SandboxModel/SandboxError`` when the host
    ///   refuses the batch as a whole.
    func check(_ samples: [BatchSample]) async throws -> [SkippedSample]

    /// Runs a sample once.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` when it could not be run; `CancellationError` when the task was cancelled.
    func execute(_ sample: BatchSample) async throws -> ExecutionResult

    /// Looks at a sample's source without running it.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` when the analyser could not be run.
    func audit(_ sample: BatchSample) async throws -> [AuditFinding]
}

/// Something that happened in a batch, as it happens.
public enum BatchEvent: Sendable, Hashable {
    /// A sample was started.
    case sampleStarted(index: Int, description: String)
    /// A sample has its result; these come in the order of completion.
    case sampleFinished(SampleResult)
}
