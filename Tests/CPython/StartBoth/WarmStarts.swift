import Metrics
import Synchronization

/// Counts the executions that found an interpreter which had started, as the library tells swift-metrics.
final class WarmStarts: MetricsFactory {
    private let starts = Atomic<Int>(0)

    /// So many so far.
    var count: Int { starts.load(ordering: .relaxed) }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let isWarm = label == "sanderling.cells_taken" && dimensions.contains { $0 == ("warm", "true") }
        return isWarm ? WarmCounter(starts: self) : NOOPMetricsHandler.instance
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        NOOPMetricsHandler.instance
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private final class WarmCounter: CounterHandler {
        private let starts: WarmStarts

        init(starts: WarmStarts) { self.starts = starts }

        func increment(by amount: Int64) { starts.starts.add(Int(amount), ordering: .relaxed) }
        func reset() {}
    }
}
