package import CoreMetrics
import Synchronization

/// Keeps what swift-metrics is told, and writes it as Prometheus reads it.
///
/// The text format is that of <https://prometheus.io/docs/instrumenting/exposition_formats/>, version 0.0.4; `promtool
/// check metrics` finds nothing to say about it.
package final class PrometheusRegistry: MetricsFactory {
    /// What makes a metric: a name is made of it once.
    private struct Key: Hashable {
        var label: String
        var kind: MetricKind
    }

    private let families = Mutex<[Key: MetricFamily]>([:])

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, .counter, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, .gauge, dimensions)
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool,
    ) -> any RecorderHandler {
        series(label, aggregate ? .histogram : .gauge, dimensions)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, .duration, dimensions)
    }

    // What was counted stays counted, whoever lets go of its handle.

    package func destroyCounter(_ handler: any CounterHandler) {}

    package func destroyMeter(_ handler: any MeterHandler) {}

    package func destroyRecorder(_ handler: any RecorderHandler) {}

    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything kept, as text.
    package var text: String {
        let families = families.withLock { $0 }
        return families.values.sorted { $0.name < $1.name }.map(\.text).joined()
    }

    private func series(_ label: String, _ kind: MetricKind, _ dimensions: [(String, String)]) -> MetricSeries
    {
        let labels = dimensions.map { MetricLabel(name: $0.0, value: $0.1) }
        return families.withLock { families in
            families[Key(label: label, kind: kind), default: MetricFamily(label: label, kind: kind)].series(
                labels
            )
        }
    }
}
