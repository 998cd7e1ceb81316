import Languages
import SandboxModel

extension StrictMapping {
    /// A text that may be missing or empty.
    func text(_ key: String) throws(SandboxError) -> String? {
        guard let node = self[key] else { return nil }
        guard let text = node.text else { throw error(key, "must be text") }
        return text
    }

    /// A list of words out of a fixed set.
    func words<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        as type: Word.Type,
    ) throws(SandboxError) -> [Word] {
        var words: [Word] = []
        for text in try strings(key) {
            guard let word = Word(rawValue: text) else {
                let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
                throw error(key, "has '\(text)', but must be of \(known)")
            }
            words.append(word)
        }
        return words
    }

    /// A quantity, read by one of the initialisers that take text; `nil` when the key is missing.
    func quantity<Value>(
        _ key: String,
        _ read: (String) throws(QuantityError) -> Value,
    ) throws(SandboxError) -> Value? {
        guard let text = try string(key) else { return nil }
        do throws(QuantityError) {
            return try read(text)
        } catch {
            throw self.error(key, "is wrong: \(error.message)")
        }
    }

    /// Regular expressions, each of them sound.
    func patterns(_ key: String) throws(SandboxError) -> [String] {
        let patterns = try strings(key)
        for pattern in patterns where (try? Regex(pattern)) == nil {
            throw error(key, "has '\(pattern)', which is no regular expression")
        }
        return patterns
    }
}
