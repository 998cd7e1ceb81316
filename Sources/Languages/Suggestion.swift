/// The name that was probably meant.
package enum Suggestion {
    /// Bytes of a text that a name is sought for; nobody means one by more.
    private static let longest = 64

    /// The name with the fewest edits to `text`, when those are few for its length; none for a text of more than 64 bytes.
    package static func nearest(to text: String, among names: [String]) -> String? {
        guard text.utf8.count <= longest else { return nil }
        let allowed = max(1, text.count / 3)
        return names.filter { $0.utf8.count <= longest }
            .map { ($0, edits(from: text, to: $0)) }
            .filter { $0.1 <= allowed }
            .min { $0.1 < $1.1 }?
            .0
    }

    /// How many insertions, deletions, replacements and swaps of neighbours turn one text into the other.
    ///
    /// The restricted Damerau-Levenshtein distance.
    static func edits(from left: String, to right: String) -> Int {
        let left = Array(left.lowercased())
        let right = Array(right.lowercased())
        // The last two rows are all that the next one is made of.
        var (before, last) = ([Int](), Array(0...right.count))
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                let isSame = left[i] == right[j]
                var cost = min(last[j] + (isSame ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, before[j - 1] + 1)
                }
                row.append(cost)
            }
            (before, last) = (last, row)
        }
        return last[right.count]
    }
}
