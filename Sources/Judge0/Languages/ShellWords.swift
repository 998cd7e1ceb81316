/// Splits a line into words as a shell does; nothing is expanded.
///
/// Judge0 puts options and arguments into a shell script, without the characters that would do more there than part words.
/// They are left out here too, so that a program gets the same.
enum ShellWords {
    private static let ignored = Set("$&;<>|`")

    /// The words of a line; a quote that is not closed reaches to its end.
    static func split(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line where !ignored.contains(character) {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }
}
