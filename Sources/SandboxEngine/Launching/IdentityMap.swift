/// The ids that there are in a user namespace, as `/proc/self/uid_map` and `gid_map` tell them; user_namespaces(7).
struct IdentityMap {
    private let extents: [Range<UInt64>]

    /// Takes the text of either file: lines of a first id, the id that it is outside, and how many follow.
    init(_ text: String) {
        extents = text.split(separator: "\n").compactMap { line in
            let numbers = line.split(separator: " ").compactMap { UInt32($0) }.map(UInt64.init)
            return numbers.count == 3 ? numbers[0]..<(numbers[0] + numbers[2]) : nil
        }
    }

    /// Whether a user namespace below may have these ids: the kernel wants all of them in one line (`map_id_range_down`).
    func contains(_ range: Range<UInt64>) -> Bool {
        extents.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
    }
}
