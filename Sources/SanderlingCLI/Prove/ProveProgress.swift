import Catalogue
import Reporting
import SandboxModel

/// How far a run of the catalogue has come.
struct ProveProgress: TerminalProgress {
    private let total: Int
    private var contained = 0
    private var notContained = 0
    /// What runs, in the order it was begun.
    private var running: [(id: String, path: ProvePath, since: Duration)] = []

    /// A run of `total` attacks, each counted once for every path, of which none was begun.
    init(total: Int) { self.total = total }

    mutating func note(_ event: Prover.Event, at time: Duration) {
        switch event {
        case .started(let attack, let path): running.append((attack.id, path, time))
        case .finished(let attack, let record):
            running.removeAll { $0.id == attack.id && $0.path == record.path }
            if record.outcome == .contained { contained += 1 } else { notContained += 1 }
        }
    }

    func text(at time: Duration, frame: Int, columns: Int) -> String {
        var text = "\(Self.turningMark(frame)) \(contained + notContained)/\(total)"
        text += "  \(contained) contained, \(notContained) not"
        if let oldest = running.first {
            text += "  \(oldest.path.rawValue): \(oldest.id) \((time - oldest.since).readable)"
            if running.count > 1 { text += " (+\(running.count - 1))" }
        }
        // A line of the full width would wrap, and could then not be written over.
        return text.clipped(to: max(1, columns - 1))
    }
}
