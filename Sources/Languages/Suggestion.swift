/// The name that was probably meant.
package enum Suggestion {
    /// The name with the fewest edits to `text`, when those are few for its length.
    package static func nearest(to text: String, among names: [String]) -> String? {
        let allowed = max(1, text.count / 3)
        return names.map { ($0, edits(from: text, to: $0)) }
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
        var rows = [Array(0...right.count)]
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                let isSame = left[i] == right[j]
                var cost = min(rows[i][j] + (isSame ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, rows[i - 1][j - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
