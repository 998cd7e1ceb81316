/// The word of a vocabulary that a misspelt one was probably meant to be.
enum Spelling {
    /// The nearest word, or `nil` when none is near: a third of the letters may be wrong, or one may contain the other.
    static func nearest(to word: String, among vocabulary: some Sequence<String>) -> String? {
        let written = word.lowercased().replacing("-", with: "_")
        let candidates = vocabulary.sorted().map {
            (word: $0, distance: distance(written, $0.lowercased()))
        }
        if let best = candidates.min(by: { $0.distance < $1.distance }),
            best.distance <= max(1, min(written.count, best.word.count) / 3)
        {
            return best.word
        }
        guard written.count >= 4 else { return nil }
        return candidates.first { candidate in
            candidate.word.contains(written)
                || (candidate.word.count >= 4 && written.contains(candidate.word))
        }?.word
    }

    /// How many letters must be inserted, removed, replaced or swapped with their neighbour to get from one to the other.
    static func distance(_ first: String, _ second: String) -> Int {
        let (rows, columns) = (Array(first.prefix(64)), Array(second.prefix(64)))
        var table = [Array(0...columns.count)]
        for row in 1..<(rows.count + 1) {
            var current = [row]
            for column in 1..<(columns.count + 1) {
                let replaced = table[row - 1][column - 1] + (rows[row - 1] == columns[column - 1] ? 0 : 1)
                var least = min(table[row - 1][column] + 1, current[column - 1] + 1, replaced)
                if row > 1, column > 1, rows[row - 1] == columns[column - 2],
                    rows[row - 2] == columns[column - 1]
                {
                    least = min(least, table[row - 2][column - 2] + 1)
                }
                current.append(least)
            }
            table.append(current)
        }
        return table[rows.count][columns.count]
    }
}
