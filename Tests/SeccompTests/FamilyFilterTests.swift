import Languages
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What a family's instructions decide with the standard filter behind them, without privileges.
@Suite struct FamilyFilterTests {
    private static let architecture = SeccompArchitecture.native.rawValue
    /// Those whose filter is more than the standard one.
    static let narrowed = LanguageDefinition.Family.allCases.filter { !FamilyCalls.leftOut(for: $0).isEmpty }

    private func filter(of family: LanguageDefinition.Family, recording: Bool = true) throws -> FilterProgram
    {
        FilterProgram(try FilterSet(try StandardFilter()).filter(of: family, recording: recording))
    }

    @Test func `a definition that names no family, or a shell's, has the whole profile`() throws {
        let standard = try StandardFilter().program(recording: true)
        let filters = FilterSet(try StandardFilter())
        for family in [LanguageDefinition.Family.native, .interpreter] {
            let isSame = try filters.filter(of: family, recording: true) == standard
            #expect(isSame, "\(family)")
        }
        #expect(Self.narrowed.count == LanguageDefinition.Family.allCases.count - 2)
    }

    @Test(arguments: narrowed)
    func `a family has what the whole profile has, without what it leaves out`(
        family: LanguageDefinition.Family
    ) throws {
        let whole = try filter(of: .native)
        let own = try filter(of: family)
        let leftOut = Set(FamilyCalls.leftOut(for: family).flatMap(\.calls).map(UInt32.init))
        // The largest filter that the kernel takes.
        #expect(own.count <= 4_096)
        for architecture in [Self.architecture, 0x4000_0003, 0x4000_0028, 0xdead_beef] {
            for bit: UInt32 in [0, 0x4000_0000] {
                for number: UInt32 in 0...1_100 {
                    for arguments in [[], [1, 1, 1, 1, 1, 1], Array(repeating: UInt64.max, count: 6)] {
                        let expected = try whole.action(number | bit, arguments, architecture: architecture)
                        let answer = try own.action(number | bit, arguments, architecture: architecture)
                        guard architecture == Self.architecture, bit == 0, leftOut.contains(number) else {
                            #expect(answer == expected, "\(family) \(number)")
                            continue
                        }
                        #expect(answer == SeccompFilterTests.notify, "\(family) \(number)")
                    }
                }
            }
        }
    }

    @Test(arguments: narrowed)
    func `what is left out fails plainly where nothing is recorded`(family: LanguageDefinition.Family) throws
    {
        let silent = try filter(of: family, recording: false)
        for call in FamilyCalls.leftOut(for: family).flatMap(\.calls) {
            #expect(
                try silent.action(UInt32(call), architecture: Self.architecture)
                    == SeccompFilterTests.errno(1)
            )
        }
    }

    @Test(arguments: CallGroup.allCases)
    func `a group's calls are of the whole profile, and of no other group`(group: CallGroup) throws {
        let whole = try filter(of: .native)
        for call in group.calls {
            #expect(
                try whole.action(UInt32(call), architecture: Self.architecture) == SeccompFilterTests.allow,
                "\(SystemCallName.resolve(number: call, architecture: Self.architecture))",
            )
        }
        let others = CallGroup.allCases.filter { $0 != group }.flatMap(\.calls)
        #expect(Set(group.calls).isDisjoint(with: others))
        #expect(Set(group.calls).count == group.calls.count)
    }

    @Test func `filters of the program's own are left out by either call, whatever the high bits`() throws {
        let set: UInt64 = 22
        let name: UInt64 = 15
        let prctl = UInt32(
            try #require(try LibSeccomp.use { $0.number(of: "prctl", on: .native) })
        )
        for option in [set, set | 1 << 32] {
            #expect(
                try filter(of: .native).action(prctl, [option], architecture: Self.architecture)
                    == SeccompFilterTests.allow
            )
            #expect(
                try filter(of: .python).action(prctl, [option], architecture: Self.architecture)
                    == SeccompFilterTests.notify
            )
        }
        #expect(
            try filter(of: .python).action(prctl, [name], architecture: Self.architecture)
                == SeccompFilterTests.allow
        )
    }

    @Test func `numbers in a row are one range`() {
        #expect(FamilyFilter.ranges(of: [7, 3, 4, 5, 9]) == [3...5, 7...7, 9...9])
        #expect(FamilyFilter.ranges(of: []).isEmpty)
    }
}
