/// Puts a filter together as classic BPF, from its end to its beginning, as jumps lead forward only; linux/filter.h.
///
/// What is the same is there once, as far as a jump reaches.
struct FilterAssembler {
    /// A place that instructions can lead to, counted from the program's end.
    struct Label: Hashable {
        fileprivate var place: Int
    }

    /// A comparison of the accumulator with a number.
    enum Comparison: UInt16 {
        /// `BPF_JMP | BPF_JEQ | BPF_K`.
        case equal = 0x15
        /// `BPF_JMP | BPF_JGE | BPF_K`.
        case atLeast = 0x35
    }

    fileprivate enum Instruction: Hashable {
        case load(offset: UInt32)
        case and(UInt32)
        case skip(UInt32)
        case compare(Comparison, UInt32, whenTrue: UInt8, whenFalse: UInt8)
        case finish(UInt32)
    }

    /// What an instruction does and where it leads, by which another of the same kind is found.
    private enum Node: Hashable {
        case load(UInt32, Label)
        case and(UInt32, Label)
        case compare(Comparison, UInt32, Label, Label)
        case finish(UInt32)
    }

    /// The instructions, the last one first.
    private var instructions: [Instruction] = []
    private var labels: [Node: Label] = [:]

    /// Ends with a `SECCOMP_RET_*` value.
    mutating func finish(_ value: UInt32) -> Label {
        known(.finish(value)) ?? append(.finish(value), .finish(value))
    }

    /// Loads a 32-bit word of `struct seccomp_data` and goes on at `next`.
    mutating func load(offset: UInt32, _ next: Label) -> Label {
        if let label = known(.load(offset, next)) { return label }
        follow(next)
        return append(.load(offset: offset), .load(offset, next))
    }

    /// Keeps the bits of `mask` in the accumulator and goes on at `next`.
    mutating func and(_ mask: UInt32, _ next: Label) -> Label {
        if mask == .max { return next }
        if let label = known(.and(mask, next)) { return label }
        follow(next)
        return append(.and(mask), .and(mask, next))
    }

    /// Compares the accumulator, and goes on at one place or the other.
    mutating func compare(
        _ comparison: Comparison,
        _ value: UInt32,
        whenTrue: Label,
        whenFalse: Label,
    ) -> Label {
        if whenTrue == whenFalse { return whenTrue }
        if let label = known(.compare(comparison, value, whenTrue, whenFalse)) { return label }
        let (first, second) = (near(whenTrue), near(whenFalse))
        return append(
            .compare(
                comparison,
                value,
                whenTrue: UInt8(distance(to: first)),
                whenFalse: UInt8(distance(to: second)),
            ),
            .compare(comparison, value, whenTrue, whenFalse),
        )
    }

    /// The program that begins at `start`, as `struct sock_filter` instructions.
    mutating func program(from start: Label) -> [UInt8] {
        follow(start)
        return instructions.reversed().flatMap(\.bytes)
    }

    /// Instructions between the next one and `label`.
    private func distance(to label: Label) -> Int { instructions.count - label.place - 1 }

    /// How far a comparison leads, less one that may come in between while its other target is brought near.
    private static let reach = Int(UInt8.max) - 1

    private func known(_ node: Node) -> Label? {
        guard let label = labels[node], distance(to: label) <= Self.reach else { return nil }
        return label
    }

    private mutating func append(_ instruction: Instruction, _ node: Node? = nil) -> Label {
        let label = Label(place: instructions.count)
        instructions.append(instruction)
        if let node { labels[node] = label }
        return label
    }

    /// A place within reach of a comparison that does what `label` does.
    private mutating func near(_ label: Label) -> Label {
        if distance(to: label) <= Self.reach { return label }
        if case .finish(let value) = instructions[label.place] { return finish(value) }
        return append(.skip(UInt32(distance(to: label))))
    }

    /// Sees to it that the next instruction is followed by what `label` does.
    private mutating func follow(_ label: Label) {
        if distance(to: label) > 0 { _ = append(.skip(UInt32(distance(to: label)))) }
    }
}

extension FilterAssembler.Instruction {
    fileprivate var bytes: [UInt8] {
        let instruction =
            switch self {
            case .load(let offset): FilterInstruction(code: 0x20, value: offset)
            case .and(let mask): FilterInstruction(code: 0x54, value: mask)
            case .skip(let distance): FilterInstruction(code: 0x05, value: distance)
            case .compare(let comparison, let value, let whenTrue, let whenFalse):
                FilterInstruction(
                    code: comparison.rawValue,
                    whenTrue: whenTrue,
                    whenFalse: whenFalse,
                    value: value,
                )
            case .finish(let value): FilterInstruction(code: 0x06, value: value)
            }
        return instruction.bytes
    }
}
