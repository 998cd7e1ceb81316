import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Filters against what they were compiled from, and against libseccomp's.
struct FilterCompilerTests {
    private static let x86: UInt32 = 0xc000_003e
    private static let fallback: UInt32 = 0x7fc0_0000

    @Test(arguments: [true, false])
    func `the standard filter decides as libseccomp's does, with a third of its instructions`(
        recording: Bool
    ) throws {
        let profile = try SeccompProfile.standard()
        let compiled = FilterProgram(try SeccompFilter.compile(profile, recording: recording))
        let reference = FilterProgram(try ReferenceFilter.program(of: profile, recording: recording))
        var compared = 0
        func compare(_ number: UInt32, _ arguments: [UInt64], architecture: UInt32 = Self.x86) throws {
            let decision = try compiled.action(number, arguments, architecture: architecture)
            let expected = try reference.action(number, arguments, architecture: architecture)
            compared += 1
            guard decision != expected else { return }
            Issue.record("call \(number) \(arguments): \(decision) instead of \(expected)")
        }
        let edges: [UInt32] = [0x3fff_ffff, 0x4000_0000, 0x4000_0001, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff]
        for number in Array(0...UInt32(1_100)) + edges {
            for value in [0, 1, UInt64.max] {
                try compare(number, Array(repeating: value, count: 6))
                // AUDIT_ARCH_I386, AUDIT_ARCH_AARCH64 and no architecture.
                for foreign: UInt32 in [0x4000_0003, 0xc000_00b7, 0] {
                    try compare(number, Array(repeating: value, count: 6), architecture: foreign)
                }
            }
        }
        let conditional = Set(profile.syscalls.filter { !$0.args.isEmpty }.flatMap(\.names))
        for name in conditional {
            let known =
                try LibSeccomp.use { $0.number(of: name, on: .x86_64) }
                ?? SeccompArchitecture.x86_64.newerNumber(of: name)
            guard let number = known, number >= 0 else { continue }
            let rules = profile.syscalls.filter { $0.names.contains(name) }
            let values = Self.telling(rules.flatMap(\.args))
            for index in Set(rules.flatMap(\.args).map { Int($0.index) }) {
                for value in values {
                    for others in [0, 0x11, UInt64.max] {
                        var arguments = Array(repeating: others, count: 6)
                        arguments[index] = value
                        try compare(UInt32(number), arguments)
                    }
                }
            }
            // Arguments that are compared together.
            let few = Set(rules.flatMap(\.args).flatMap { [$0.value, $0.valueTwo] }).union([0, .max])
            for first in few {
                for second in few { try compare(UInt32(number), [first, second, first, second]) }
            }
        }
        #expect(compiled.count * 3 < reference.count)
        print(
            "seccomp: \(compiled.count) instructions for \(reference.count); \(compared) decisions compared"
        )
    }

    /// Values on which the conditions may turn: theirs, their neighbours, and each with another bit.
    private static func telling(_ conditions: [SeccompProfile.Comparison]) -> [UInt64] {
        var values: Set<UInt64> = [0, 1, .max]
        for value in conditions.flatMap({ [$0.value, $0.valueTwo] }) {
            values.formUnion([value, value &+ 1, value &- 1, ~value])
            for bit in 0..<64 { values.insert(value ^ (1 << UInt64(bit))) }
        }
        return values.sorted()
    }

    @Test func `any rules are kept, in programs in which no jump reaches from end to end`() throws {
        var generator = SplitMix(state: 1)
        for round in 0..<60 {
            let calls = [3, 40, 500][round % 3]
            var rules: [UInt32: [FilterCompiler.Rule]] = [:]
            for _ in 0..<calls {
                let number = UInt32.random(in: 0..<1_200, using: &generator)
                rules[number] = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                    Self.rule(&generator)
                }
            }
            let program = FilterProgram(
                FilterCompiler.program(rules, fallback: Self.fallback, architecture: .x86_64)
            )
            for number in Array(0..<UInt32(1_210)) + [.max] {
                for _ in 0..<6 {
                    let arguments = (0..<6).map { _ in Self.value(&generator) }
                    let decision = try program.action(number, arguments, architecture: Self.x86)
                    let expected = rules[number]?.first { $0.holds(arguments) }?.action ?? Self.fallback
                    try #require(decision == expected, "call \(number) \(arguments)")
                }
                #expect(try program.action(number, [], architecture: 1) == Self.fallback)
            }
        }
    }

    /// Few values, so that conditions hold now and then.
    private static func value(_ generator: inout SplitMix) -> UInt64 {
        [0, 1, 2, 3, 1 << 32, 1 << 32 | 1, 3 << 40 | 2, .max].randomElement(using: &generator) ?? 0
    }

    private static func rule(_ generator: inout SplitMix) -> FilterCompiler.Rule {
        let conditions = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            SeccompProfile.Comparison(
                index: UInt32.random(in: 0..<6, using: &generator),
                value: value(&generator),
                valueTwo: value(&generator),
                op: [.equal, .maskedEqual, .notEqual].randomElement(using: &generator) ?? .equal,
            )
        }
        return .init(
            conditions: conditions,
            action: 0x0005_0000 | UInt32.random(in: 0..<900, using: &generator),
        )
    }
}

extension FilterCompiler.Rule {
    /// Whether all conditions hold, by their definitions.
    fileprivate func holds(_ arguments: [UInt64]) -> Bool {
        conditions.allSatisfy { condition in
            let argument = arguments[Int(condition.index)]
            return switch condition.op {
            case .equal: argument == condition.value
            case .maskedEqual:
                argument & condition.value == condition.valueTwo & condition.value
            case .notEqual:
                UInt32(truncatingIfNeeded: argument) != UInt32(truncatingIfNeeded: condition.value)
            }
        }
    }
}

/// Numbers that are the same each time; Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
