import CoreMetrics
import Synchronization

/// One line of a series' text.
struct MetricSample {
    /// What follows the family's name: `_bucket`.
    var suffix: String
    /// The upper bound of a bucket.
    var bound: String?
    var value: String
}

/// The values of one metric with one set of labels.
final class MetricSeries: Sendable {
    private struct State {
        var value = 0.0
        var count = 0
        var buckets: [Int]
    }

    private let kind: MetricKind
    private let state: Mutex<State>

    init(kind: MetricKind) {
        self.kind = kind
        state = Mutex(State(buckets: Array(repeating: 0, count: kind.bounds.count)))
    }

    private func add(_ amount: Double) { state.withLock { $0.value += amount } }

    private func replace(_ value: Double) { state.withLock { $0.value = value } }

    private func observe(_ value: Double) {
        let place = kind.bounds.firstIndex { value <= $0 }
        state.withLock { state in
            state.value += value
            state.count += 1
            if let place { state.buckets[place] += 1 }
        }
    }

    /// Its lines.
    var samples: [MetricSample] {
        let state = state.withLock { $0 }
        guard !kind.bounds.isEmpty else { return [MetricSample(suffix: "", value: Self.text(state.value))] }
        var sum = 0
        var samples = zip(kind.bounds, state.buckets).map { bound, count in
            sum += count
            return MetricSample(suffix: "_bucket", bound: Self.text(bound), value: String(sum))
        }
        samples.append(MetricSample(suffix: "_bucket", bound: "+Inf", value: String(state.count)))
        samples.append(MetricSample(suffix: "_sum", value: Self.text(state.value)))
        samples.append(MetricSample(suffix: "_count", value: String(state.count)))
        return samples
    }

    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}

extension MetricSeries: CounterHandler {
    func increment(by amount: Int64) { add(Double(amount)) }

    func reset() { replace(0) }
}

extension MetricSeries: MeterHandler {
    func set(_ value: Int64) { replace(Double(value)) }

    func set(_ value: Double) { replace(value) }

    func increment(by amount: Double) { add(amount) }

    func decrement(by amount: Double) { add(-amount) }
}

extension MetricSeries: RecorderHandler {
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) { kind.bounds.isEmpty ? replace(value) : observe(value) }
}

extension MetricSeries: TimerHandler {
    func recordNanoseconds(_ duration: Int64) { observe(Double(duration) / 1e9) }
}
