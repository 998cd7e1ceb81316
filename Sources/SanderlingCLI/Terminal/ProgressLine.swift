import RunClient
import Synchronization

/// How far something has come, as far as a line of text tells it.
protocol TerminalProgress: Sendable {
    /// What happens on the way.
    associatedtype Event

    /// Takes note of an event at a time since the start.
    mutating func note(_ event: Event, at time: Duration)

    /// The line, in fewer than `columns` columns.
    func text(at time: Duration, frame: Int, columns: Int) -> String
}

extension TerminalProgress {
    /// A mark that turns from frame to frame.
    static func turningMark(_ frame: Int) -> Character {
        let marks = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
        return marks[frame % marks.count]
    }
}

/// What a command is doing, on one line of the terminal that is written over again and again.
final class ProgressLine<Progress: TerminalProgress>: Sendable {
    private struct State {
        var progress: Progress
        var frame = 0
    }

    private let state: Mutex<State>
    private let isShown: Bool
    private let stream: StandardStream
    private let start = ContinuousClock.now

    /// The line of what has come as far as `progress`; one that is not shown writes nothing.
    init(_ progress: Progress, isShown: Bool, stream: StandardStream = .error) {
        state = Mutex(State(progress: progress))
        self.isShown = isShown
        self.stream = stream
    }

    /// Takes note of what happened.
    func observe(_ event: Progress.Event) {
        state.withLock { $0.progress.note(event, at: start.duration(to: .now)) }
    }

    /// Draws the line ten times a second until the task is cancelled.
    func tick() async {
        while isShown, !Task.isCancelled {
            state.withLock { state in
                state.frame += 1
                draw(state)
            }
            do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
        }
    }

    /// Takes the line away while something else is written.
    func aside<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
        guard isShown else { return try body() }
        let outcome = state.withLock { state -> Result<Void, Failure> in
            erase()
            let outcome = Result { () throws(Failure) in try body() }
            draw(state)
            return outcome
        }
        try outcome.get()
    }

    /// Takes the line away for good.
    func end() {
        guard isShown else { return }
        state.withLock { _ in erase() }
    }

    private func draw(_ state: State) {
        let text = state.progress.text(
            at: start.duration(to: .now),
            frame: state.frame,
            columns: stream.columns,
        )
        put("\r\u{1B}[2K" + text)
    }

    private func erase() { put("\r\u{1B}[2K") }

    /// Writes to the terminal; one that has gone away has nobody to tell.
    private func put(_ text: String) {
        do { try stream.write(text) } catch { return }
    }
}
