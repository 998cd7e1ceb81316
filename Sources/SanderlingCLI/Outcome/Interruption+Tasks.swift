import Dispatch
import Glibc
import RunClient

extension Interruption {
    /// Runs `body` in a task that the first such signal cancels; the second ends the process at once.
    ///
    /// Dispatch catches the signals with handlers of its own; handlers, unlike ignored signals, are not inherited by
    /// the programs that are started.
    static func cancelling<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await body() }
        let sources = signals.map { number in
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                guard !task.isCancelled else { _exit(ExitStatus.interrupted) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
