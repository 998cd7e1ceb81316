import CoreMetrics
import Testing

@testable import Service

/// The text that Prometheus reads.
struct PrometheusRegistryTests {
    @Test func `counters gauges and times are written with their labels`() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "sanderling.executions", dimensions: [("verdict", "o\"k\n")]).increment(
            by: 2
        )
        registry.makeMeter(label: "sanderling.running", dimensions: []).set(Int64(3))
        registry.makeTimer(label: "sanderling.queue.time", dimensions: []).recordNanoseconds(2_000_000)
        let lines = registry.text.split(separator: "\n").map(String.init)
        #expect(lines.contains("# TYPE sanderling_executions_total counter"))
        #expect(lines.contains(#"sanderling_executions_total{verdict="o\"k\n"} 2"#))
        #expect(lines.contains("sanderling_running 3"))
        #expect(lines.contains(#"sanderling_queue_time_seconds_bucket{le="0.001"} 0"#))
        #expect(lines.contains(#"sanderling_queue_time_seconds_bucket{le="0.0025"} 1"#))
        #expect(lines.contains(#"sanderling_queue_time_seconds_bucket{le="+Inf"} 1"#))
        #expect(lines.contains("sanderling_queue_time_seconds_count 1"))
    }
}
