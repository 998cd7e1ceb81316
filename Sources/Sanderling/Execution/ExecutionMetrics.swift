import Metrics
import SandboxModel

/// What the library tells swift-metrics; labels never hold what a program or its author wrote.
enum ExecutionMetrics {
    /// Counts a finished execution by language and verdict, its duration and the limits it reached.
    static func record(_ result: ExecutionResult) {
        let labels = [("language", result.language), ("verdict", result.verdict.rawValue)]
        Counter(label: "sanderling.executions", dimensions: labels).increment()
        Timer(label: "sanderling.execution.duration", dimensions: labels)
            .recordNanoseconds(result.usage.wallTime.inNanoseconds)
        for hit in result.limitsHit {
            Counter(label: "sanderling.limits_hit", dimensions: [("limit", hit.limit.rawValue)]).increment()
        }
    }

    /// Tells how many cells are alive.
    static func cellsAlive(_ count: Int) { Gauge(label: "sanderling.cells_alive").record(count) }
}
