import Reporting
import RunClient
import SandboxModel
import Sanderling

/// How far a batch has come.
struct BatchProgress: TerminalProgress {
    private let total: Int
    private var passed = 0
    private var failed = 0
    /// What runs, in the order it started.
    private var running: [(index: Int, description: String, since: Duration)] = []

    /// A batch of `total` samples of which none has started.
    init(total: Int) { self.total = total }

    /// Takes note of an event at a time since the start.
    mutating func note(_ event: BatchEvent, at time: Duration) {
        switch event {
        case .sampleStarted(let index, let description):
            running.append((index, description.onOneLine, time))
        case .sampleFinished(let sample):
            running.removeAll { $0.index == sample.index }
            if sample.passed { passed += 1 } else { failed += 1 }
        }
    }

    /// The line: a turning mark, the counts, and what has been running longest.
    func text(at time: Duration, frame: Int, columns: Int) -> String {
        var text = "\(Self.turningMark(frame)) \(passed + failed)/\(total)"
        text += "  \(passed) passed, \(failed) failed"
        if let oldest = running.first {
            text += "  \(oldest.description) \((time - oldest.since).readable)"
            if running.count > 1 { text += " (+\(running.count - 1))" }
        }
        // A line of the full width would wrap, and could then not be written over.
        return text.clipped(to: max(1, columns - 1))
    }
}
