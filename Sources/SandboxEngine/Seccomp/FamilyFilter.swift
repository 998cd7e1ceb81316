import CLinux
import Languages

/// What the system-call filter refuses to a family of languages beyond what it refuses everywhere.
///
/// These instructions stand before the standard filter, which decides on what they let pass: no family can have more than
/// the standard profile allows, whoever has written that. They cost a call nothing where the kernel keeps the answers that
/// depend on the number alone (Linux 5.11).
struct FamilyFilter {
    /// The instructions, as `struct sock_filter`; none for a family that the whole profile is for.
    let instructions: [UInt8]

    /// Refusals for a family; they go to a listener where refusals are recorded.
    init(_ family: LanguageDefinition.Family, recording: Bool) {
        self.init(FamilyCalls.leftOut(for: family), recording: recording)
    }

    /// Refusals of groups of calls.
    init(_ groups: [CallGroup], recording: Bool) {
        guard !groups.isEmpty else {
            instructions = []
            return
        }
        var program = FilterPreface(recording: recording)
        for range in Self.ranges(of: groups.flatMap(\.calls)) { program.refuse(range) }
        for option in groups.compactMap(\.option) {
            program.refuse(Int32(SANDERLING_SYS_prctl), where: 0, is: option)
        }
        instructions = program.assembled
    }

    /// The fewest ranges that hold `numbers` and no other.
    static func ranges(of numbers: [Int32]) -> [ClosedRange<Int32>] {
        numbers.sorted().reduce(into: []) { ranges, number in
            if let last = ranges.last, number <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
    }
}
