import Metrics

/// What the service tells swift-metrics of each submission; found by their names once, after `MetricsSystem.bootstrap`.
struct ServiceMetrics: Sendable {
    /// Submissions that wait.
    let waiting = Meter(label: "sanderling.queue.waiting")
    /// What they take of memory.
    let waitingBytes = Meter(label: "sanderling.queue.bytes")
    /// Submissions that run.
    let running = Meter(label: "sanderling.running")
    /// How long one waited.
    let queueTime = Timer(label: "sanderling.queue.time")
    /// Submissions that were accepted.
    let submissions = Counter(label: "sanderling.submissions")
}
