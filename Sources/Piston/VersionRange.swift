/// Which versions a request means: `*`, `3`, `3.11.x`, `^3.9`, `~5.1`, `>=10 <13`, `1.0 - 2.0`, `8 || 9`.
///
/// As node-semver reads it, but that a version's build and pre-release parts do not count.
struct VersionRange: Sendable {
    private typealias Bounds = (from: Version, below: Version?)

    private let alternatives: [[@Sendable (Version) -> Bool]]

    /// The range that is written so, or `nil` when that is none.
    init?(_ text: String) {
        var alternatives: [[@Sendable (Version) -> Bool]] = []
        for alternative in text.components(between: "||") {
            guard let comparators = Self.comparators(alternative) else { return nil }
            alternatives.append(comparators)
        }
        self.alternatives = alternatives
    }

    /// Whether it holds a version.
    func contains(_ version: Version) -> Bool {
        alternatives.contains { $0.allSatisfy { $0(version) } }
    }

    private static func comparators(_ text: String) -> [@Sendable (Version) -> Bool]? {
        let words = text.split(separator: " ").map(String.init)
        if words.count == 3, words[1] == "-" {
            guard let low = PartialVersion(words[0]), let high = PartialVersion(words[2]) else { return nil }
            return [{ $0 >= low.floor }, { version in high.next.map { version < $0 } ?? true }]
        }
        var comparators: [@Sendable (Version) -> Bool] = []
        for word in words {
            guard let comparator = comparator(word) else { return nil }
            comparators.append(comparator)
        }
        return comparators
    }

    private static func comparator(_ word: String) -> (@Sendable (Version) -> Bool)? {
        let signs = [">=", "<=", ">", "<", "=", "^", "~"]
        let sign = signs.first { word.hasPrefix($0) } ?? ""
        guard let part = PartialVersion(String(word.dropFirst(sign.count))) else { return nil }
        let (floor, next) = (part.floor, part.next)
        switch sign {
        case ">=": return { $0 >= floor }
        case "<": return { $0 < floor }
        case ">": return { version in next.map { version >= $0 } ?? false }
        case "<=": return { version in next.map { version < $0 } ?? true }
        case "^":
            let ceiling = part.compatible
            return { version in version >= floor && ceiling.map { version < $0 } ?? true }
        case "~":
            let ceiling = part.near
            return { version in version >= floor && ceiling.map { version < $0 } ?? true }
        default: return { version in version >= floor && next.map { version < $0 } ?? true }
        }
    }
}

/// A version of three numbers.
struct Version: Sendable, Hashable, Comparable, CustomStringConvertible {
    let numbers: [Int]

    /// The numbers that `text` begins with; what is missing counts as 0.
    init(_ text: String) {
        let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
        let numbers = digits.split(separator: ".").prefix(3).map { Int($0) ?? 0 }
        self.init(numbers: numbers)
    }

    fileprivate init(numbers: [Int]) {
        self.numbers = numbers + Array(repeating: 0, count: max(0, 3 - numbers.count))
    }

    static func < (left: Self, right: Self) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }

    var description: String { numbers.map(String.init).joined(separator: ".") }
}

/// A version of which only the first numbers may be said.
private struct PartialVersion {
    let said: [Int]

    private static let most = 9_007_199_254_740_991

    init?(_ text: String) {
        let text = text.hasPrefix("v") ? String(text.dropFirst()) : text
        let main = text.prefix { $0 != "-" && $0 != "+" }
        var said: [Int] = []
        for word in main.split(separator: ".", omittingEmptySubsequences: false) {
            if ["*", "x", "X", ""].contains(word) { break }
            // As node-semver, whose numbers are those of JavaScript; nothing that is added to one overflows.
            guard said.count < 3, let number = Int(word), (0...Self.most).contains(number) else { return nil }
            said.append(number)
        }
        self.said = said
    }

    var floor: Version { Version(numbers: said) }

    /// The first version that is beyond all that are meant; `nil` when all are.
    var next: Version? { raised(at: said.count - 1) }

    /// The first that `^` does not mean: it keeps the first number that is not 0.
    var compatible: Version? { raised(at: said.firstIndex { $0 > 0 } ?? said.count - 1) }

    /// The first that `~` does not mean.
    var near: Version? { raised(at: min(1, said.count - 1)) }

    private func raised(at place: Int) -> Version? {
        guard place >= 0 else { return nil }
        return Version(numbers: said.prefix(place) + [said[place] + 1])
    }
}

extension String {
    fileprivate func components(between separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
