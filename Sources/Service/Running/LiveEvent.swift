package import SandboxModel

/// Something that happens to a submission while it is being watched.
package enum LiveEvent: Sendable {
    /// It waits.
    case queued
    /// A stage's program runs.
    case started(Stage)
    /// Its program wrote to standard output.
    case stdout([UInt8])
    /// Its program wrote to standard error.
    case stderr([UInt8])
    /// It is over; or, when the service is stopped, it waits for the next start. Always the last.
    case ended(ExecutionState)
}
