import Sanderling

/// A connected caller's way into its program: standard input as it comes, and signals.
///
/// It lives as long as the connection does, and is not kept: an interactive submission does not run again.
package final class Interaction: Sendable {
    private let feed = StandardInputFeed()
    let signals = ProgramSignals()

    package init() {}

    var input: StandardInput { .feed(feed) }

    /// Adds to the program's standard input; waits while a mebibyte waits for the program.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    package func write(_ bytes: [UInt8]) async throws { try await feed.append(bytes) }

    /// Ends the program's standard input.
    package func endInput() { feed.finish() }

    /// Sends the program a signal, by its number.
    package func signal(_ number: Int32) { signals.send(number) }

    /// Lets whoever still writes go, and takes nothing more: nobody reads, or nobody writes, any more.
    package func close() { feed.abandon() }
}
