import Metrics
package import SandboxModel

/// What the library tells swift-metrics; labels never hold what a program or its author wrote.
package enum ExecutionMetrics {
    /// Counts a finished execution by language and verdict, its duration and the limits it reached.
    package static func record(_ result: ExecutionResult) {
        let labels = [("language", result.language), ("verdict", result.verdict.rawValue)]
        Counter(label: "sanderling.executions", dimensions: labels).increment()
        Timer(label: "sanderling.execution.duration", dimensions: labels)
            .recordNanoseconds(result.usage.wallTime.inNanoseconds)
        for hit in result.limitsHit {
            Counter(label: "sanderling.limits_hit", dimensions: [("limit", hit.limit.rawValue)]).increment()
        }
    }

    /// Counts a cell that an execution took, by whether it was ready and whether an interpreter had started in it.
    static func record(_ cell: ReadyCell, wasReady: Bool) {
        let labels = [("ready", String(wasReady)), ("warm", String(cell.isWarm))]
        Counter(label: "sanderling.cells_taken", dimensions: labels).increment()
    }
}
