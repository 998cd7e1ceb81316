/// Turns decisions about calls into a filter: a binary search for the call's number, and then what its arguments decide.
///
/// libseccomp makes nearly four times as many instructions of the standard profile, as "not one of these" has to be written for it as
/// the masks of all that is left, and the kernel translates them anew for each sandbox. A test holds the two against each other.
struct FilterCompiler {
    /// What happens to a call whose arguments satisfy all of some conditions.
    struct Rule {
        var conditions: [SeccompProfile.Comparison]
        /// A `SECCOMP_RET_*` value.
        var action: UInt32
    }

    private enum Outcome: Hashable {
        case action(UInt32)
        case block(FilterAssembler.Label)
    }

    /// Numbers from `first` up to the next one's.
    private struct Interval {
        var first: UInt32
        var outcome: Outcome
    }

    private let fallback: UInt32
    private var assembler = FilterAssembler()

    /// The filter for an architecture; `fallback` is for every call without a rule that holds, and for other architectures' calls.
    ///
    /// Of several rules of one call the first that holds decides.
    static func program(
        _ rules: [UInt32: [Rule]],
        fallback: UInt32,
        architecture: SeccompArchitecture,
    ) -> [UInt8] {
        var compiler = FilterCompiler(fallback: fallback)
        var calls = compiler.search(compiler.intervals(rules)[...])
        calls = compiler.assembler.load(offset: 0, calls)
        let foreign = compiler.assembler.finish(fallback)
        let start = compiler.assembler.compare(
            .equal,
            architecture.rawValue,
            whenTrue: calls,
            whenFalse: foreign,
        )
        return compiler.assembler.program(from: compiler.assembler.load(offset: 4, start))
    }

    private init(fallback: UInt32) { self.fallback = fallback }

    /// All numbers, parted where what happens to them changes.
    private mutating func intervals(_ rules: [UInt32: [Rule]]) -> [Interval] {
        var intervals = [Interval(first: 0, outcome: .action(fallback))]
        func add(_ first: UInt32, _ outcome: Outcome) {
            if intervals.last?.first == first { intervals.removeLast() }
            if intervals.last?.outcome != outcome {
                intervals.append(Interval(first: first, outcome: outcome))
            }
        }
        for (number, rules) in rules.sorted(by: { $0.key < $1.key }) {
            add(number, outcome(rules))
            add(number + 1, .action(fallback))
        }
        return intervals
    }

    private mutating func outcome(_ rules: [Rule]) -> Outcome {
        if let rule = rules.first, rule.conditions.isEmpty { return .action(rule.action) }
        var next = assembler.finish(fallback)
        for rule in rules.reversed() {
            next = block(rule.conditions, whenTrue: assembler.finish(rule.action), whenFalse: next)
        }
        return .block(next)
    }

    /// Finds the interval of the number in the accumulator.
    private mutating func search(_ intervals: ArraySlice<Interval>) -> FilterAssembler.Label {
        let first = intervals[intervals.startIndex]
        if intervals.count == 1 { return label(first.outcome) }
        let middle = intervals.startIndex + intervals.count / 2
        let last = intervals[intervals.endIndex - 1]
        if intervals.count == 3, first.outcome == last.outcome,
            last.first - intervals[middle].first == 1
        {
            let one = label(intervals[middle].outcome)
            let others = label(first.outcome)
            return assembler.compare(
                .equal,
                intervals[middle].first,
                whenTrue: one,
                whenFalse: others,
            )
        }
        let upper = search(intervals[middle...])
        let lower = search(intervals[..<middle])
        return assembler.compare(.atLeast, intervals[middle].first, whenTrue: upper, whenFalse: lower)
    }

    private mutating func label(_ outcome: Outcome) -> FilterAssembler.Label {
        switch outcome {
        case .action(let value): assembler.finish(value)
        case .block(let label): label
        }
    }

    /// Goes on at `whenTrue` where all conditions hold.
    private mutating func block(
        _ conditions: [SeccompProfile.Comparison],
        whenTrue: FilterAssembler.Label,
        whenFalse: FilterAssembler.Label,
    ) -> FilterAssembler.Label {
        var next = whenTrue
        // One load serves all numbers that an argument must not be.
        let excluded = Dictionary(grouping: conditions.filter { $0.op == .notEqual }, by: \.index)
        for (index, conditions) in excluded.sorted(by: { $0.key > $1.key }) {
            for condition in conditions.reversed() {
                let value = UInt32(truncatingIfNeeded: condition.value)
                next = assembler.compare(.equal, value, whenTrue: whenFalse, whenFalse: next)
            }
            next = assembler.load(offset: Self.low(index), next)
        }
        for condition in conditions.reversed() where condition.op != .notEqual {
            let isMasked = condition.op == .maskedEqual
            let mask = isMasked ? condition.value : .max
            let value = isMasked ? condition.valueTwo : condition.value
            for (offset, shift) in [(Self.low(condition.index) + 4, 32), (Self.low(condition.index), 0)] {
                let mask = UInt32(truncatingIfNeeded: mask >> shift)
                guard mask != 0 else { continue }
                next = assembler.compare(
                    .equal,
                    UInt32(truncatingIfNeeded: value >> shift) & mask,
                    whenTrue: next,
                    whenFalse: whenFalse,
                )
                next = assembler.load(offset: offset, assembler.and(mask, next))
            }
        }
        return next
    }

    /// Where the low half of an argument is in `struct seccomp_data`; the high half is behind it on every architecture here.
    private static func low(_ index: UInt32) -> UInt32 { 16 + 8 * index }
}
