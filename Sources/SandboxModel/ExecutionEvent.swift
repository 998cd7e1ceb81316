/// What happens while a program runs.
public enum ExecutionEvent: Sendable, Hashable {
    /// A stage's program runs.
    case started(Stage)
    /// The run stage wrote to standard output.
    case stdout([UInt8])
    /// The run stage wrote to standard error.
    case stderr([UInt8])
    /// The execution is over. Always the last event.
    case finished(ExecutionResult)
}
