import Glibc

/// What stands before the standard filter and can only refuse more than it does; classic BPF, one block a call, linux/filter.h.
///
/// Each block begins and ends with the call's number in the accumulator, as far as the program goes on behind it.
struct FilterPreface {
    /// A `SECCOMP_RET_*` value.
    private let refusal: UInt32
    private var blocks: [[Instruction]] = []

    private typealias Instruction = FilterInstruction

    /// A program whose refusals go to a listener where they are recorded, and else fail with EPERM.
    init(recording: Bool) {
        // SECCOMP_RET_USER_NOTIF.
        refusal = recording ? 0x7FC0_0000 : Self.error(EPERM)
    }

    /// SECCOMP_RET_ERRNO with a number.
    private static func error(_ number: Int32) -> UInt32 { 0x0005_0000 | UInt32(number) }

    private static func load(_ offset: Int) -> Instruction { Instruction(code: 0x20, value: UInt32(offset)) }
    private static func finish(_ value: UInt32) -> Instruction { Instruction(code: 0x06, value: value) }
    private static let number = load(0)

    /// The low half of an argument, of which the kernel takes no more for an `int`.
    private static func low(_ index: Int) -> Instruction { load(16 + 8 * index) }
    private static func high(_ index: Int) -> Instruction { load(20 + 8 * index) }

    /// `body` for one call; every other one passes it by.
    private mutating func block(_ call: Int32, _ body: [Instruction]) {
        let skip = Instruction(code: 0x15, whenFalse: UInt8(body.count), value: UInt32(call))
        blocks.append([skip] + body)
    }

    mutating func refuse(_ call: Int32) { block(call, [Self.finish(refusal)]) }

    /// Refuses every call whose number is in `calls`.
    mutating func refuse(_ calls: ClosedRange<Int32>) {
        blocks.append([
            Instruction(code: 0x35, whenFalse: 2, value: UInt32(calls.lowerBound)),
            Instruction(code: 0x25, whenTrue: 1, value: UInt32(calls.upperBound)),
            Self.finish(refusal),
        ])
    }

    /// Refuses `call` where the low half of an argument is `value`.
    mutating func refuse(_ call: Int32, where argument: Int, is value: UInt32) {
        block(
            call,
            [
                Self.low(argument), Instruction(code: 0x15, whenFalse: 1, value: value),
                Self.finish(refusal), Self.number,
            ],
        )
    }

    mutating func answer(_ call: Int32, _ error: Int32) { block(call, [Self.finish(Self.error(error))]) }

    /// Refuses `call` unless the whole argument is 0.
    mutating func refuse(_ call: Int32, unlessZero argument: Int) {
        block(
            call,
            [
                Self.low(argument), Instruction(code: 0x15, whenTrue: 0, whenFalse: 2, value: 0),
                Self.high(argument), Instruction(code: 0x15, whenTrue: 1, whenFalse: 0, value: 0),
                Self.finish(refusal), Self.number,
            ],
        )
    }

    /// Refuses `call` unless the low half of each of its `arguments`, as far as `mask` goes, is one of `values`.
    mutating func allow(_ call: Int32, _ arguments: [Int], _ values: [UInt32], mask: UInt32 = .max) {
        var body: [Instruction] = []
        for argument in arguments {
            body += [Self.low(argument), Instruction(code: 0x54, value: mask)]
            for (place, value) in values.enumerated() {
                body.append(Instruction(code: 0x15, whenTrue: UInt8(values.count - place), value: value))
            }
            body.append(Self.finish(refusal))
        }
        block(call, body + [Self.number])
    }

    /// The bytes, before those of another program, which begins by loading what it needs.
    var assembled: [UInt8] {
        let body = blocks.flatMap(\.self)
        var program = [
            Self.load(4), Instruction(code: 0x15, whenTrue: 1, value: SeccompArchitecture.native.rawValue),
        ]
        // Calls of another architecture are the standard filter's to refuse.
        program.append(Instruction(code: 0x05, value: UInt32(body.count + 1)))
        program += [Self.number] + body
        return program.flatMap(\.bytes)
    }
}
