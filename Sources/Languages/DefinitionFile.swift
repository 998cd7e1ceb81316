import SandboxModel
import Synchronization

/// One definition file, read when asked.
struct DefinitionFile {
    let directory: String
    let name: String
    /// Takes it apart.
    let parser: any DocumentParser

    /// Whether `name` can be a language's name, and so the name of a file in the directory itself.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"),
                    UInt8(ascii: "-"), UInt8(ascii: "+"):
                    true
                default: false
                }
            }
    }

    private var path: String { "\(directory)/\(name).yaml" }

    /// The definition, or `nil` when there is no such file.
    ///
    /// - Throws: ``SandboxError`` of code `invalidDefinition` when there is one that cannot be read, or is wrong.
    func definition() throws(SandboxError) -> LanguageDefinition? {
        let found = HostFile.read(path)
        if case .absent = found { return nil }
        guard case .bytes(let bytes) = found, let text = String(validating: bytes, as: UTF8.self) else {
            let reason = if case .unreadable(let reason) = found { " (\(reason))" } else { "" }
            throw SandboxError(
                .invalidDefinition,
                "\(path): is no readable file of UTF-8 text below 1 MiB\(reason)",
                mend: "make it readable to whoever runs programs, or remove it",
            )
        }
        if let known = Self.known.withLock({ $0[path] }), known.text == bytes { return known.definition }
        let definition = try DefinitionReader.definition(text, file: path, by: parser)
        Self.known.withLock { $0[path] = (bytes, definition) }
        return definition
    }

    /// Definitions that this process has parsed, with the text that they were parsed from.
    private static let known = Mutex<[String: (text: [UInt8], definition: LanguageDefinition)]>([:])

    /// Whether the file's text holds `word`, with no letter or digit on either side, in any case of its letters.
    func mentions(_ word: String) -> Bool {
        guard let bytes = HostFile.contents(path) else { return true }
        let word = Array(word.utf8).map(Self.lowercased)
        guard !word.isEmpty, bytes.count >= word.count else { return false }
        return (0...bytes.count - word.count).contains { start in
            guard Self.lowercased(bytes[start]) == word[0] else { return false }
            let end = start + word.count
            return (start == 0 || !Self.isAlphanumeric(bytes[start - 1]))
                && (end == bytes.count || !Self.isAlphanumeric(bytes[end]))
                && bytes[start..<end].lazy.map(Self.lowercased).elementsEqual(word)
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        let lower = lowercased(byte)
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
