import SandboxModel
import Yams

/// The node tree of a batch file, with the names of keys that are given twice.
///
/// Yams refuses a mapping with a duplicate key at once and as a whole, but every mistake of a file is to be listed. So
/// the first of two equal keys is overwritten, in memory, with as many characters that mean nothing, and the file is
/// read again; the reader then finds both, each at its place.
struct BatchDocument {
    /// The top of the tree, or `nil` for a file without content.
    let root: Node?
    /// What an overwritten key was, by its place.
    private(set) var overwritten: [BatchPosition: String] = [:]
    private let surrogates: JSONSurrogates

    /// Parses YAML, of which JSON is a part.
    ///
    /// - Throws: The one mistake that keeps the text from being YAML.
    init(text: String) throws(BatchFileError.Mistake) {
        // A byte order mark is not content, but libyaml takes it for some.
        surrogates = JSONSurrogates(Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" }))
        var scalars = surrogates.scalars
        while true {
            let current = String(String.UnicodeScalarView(scalars))
            do {
                try Self.checkExpansion(of: scalars)
                // Without a resolver's rules every plain scalar is text: what a value means is decided by its key.
                root = try Yams.compose(yaml: current, .basic)
                return
            } catch let error as YamlError {
                guard case .duplicatedKeysInMapping(let keys, let context) = error, let key = keys.first
                else {
                    let mistake = Self.mistake(for: error, in: scalars)
                    throw BatchFileError.Mistake(
                        position: surrogates.original(mistake.position),
                        message: mistake.message,
                    )
                }
                let position = BatchPosition(line: context.mark.line, column: context.mark.column)
                guard overwritten.count < Self.mostDuplicates,
                    let place = Self.place(of: key, at: position, in: scalars)
                else {
                    throw BatchFileError.Mistake(
                        position: surrogates.original(position),
                        message: "duplicate key \(key.quoted)",
                    )
                }
                let mask = Unicode.Scalar(Self.firstPrivate + UInt32(overwritten.count)) ?? "\u{E000}"
                scalars.replaceSubrange(place, with: repeatElement(mask, count: place.count))
                overwritten[position] = key
            } catch let mistake as BatchFileError.Mistake {
                throw BatchFileError.Mistake(
                    position: surrogates.original(mistake.position),
                    message: mistake.message,
                )
            } catch {
                throw BatchFileError.Mistake(position: .start, message: "invalid YAML: \(error)")
            }
        }
    }

    /// Refuses a file whose aliases stand for more than can be read, before the parser puts anything in their place.
    private static func checkExpansion(of scalars: [Unicode.Scalar]) throws {
        guard scalars.contains("*"), scalars.contains("&") else { return }
        let unresolved = String(
            String.UnicodeScalarView(scalars.map { $0 == "*" ? AliasExpansion.mark : $0 })
        )
        do {
            // Nodes hold their anchors weakly, and the parser holds them as long as it lives.
            let parser = try Parser(yaml: unresolved, resolver: .basic)
            try withExtendedLifetime(parser) {
                guard let tree = try parser.singleRoot() else { return }
                var expansion = AliasExpansion(characters: scalars.count)
                guard let node = expansion.firstBeyondLimit(in: tree) else { return }
                throw BatchFileError.Mistake(
                    position: node.position,
                    message:
                        "aliases make this stand for more than \(expansion.limit) values; write fewer of them",
                )
            }
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            throw YamlError.duplicatedKeysInMapping(
                duplicates: keys.map { $0.replacing(String(AliasExpansion.mark), with: "*") },
                context: context,
            )
        }
    }

    /// Where a place of the node tree is in the file.
    func original(_ position: BatchPosition) -> BatchPosition { surrogates.original(position) }

    /// As many as are listed; each costs one more parse.
    private static let mostDuplicates = 100

    /// The first code point for private use, which no key of a batch file has.
    private static let firstPrivate: UInt32 = 0xE000

    /// Where in the text the letters of a key are; `nil` when it is written with escapes, a tag or an anchor.
    private static func place(
        of key: String,
        at position: BatchPosition,
        in scalars: [Unicode.Scalar],
    ) -> Range<Int>? {
        guard var start = offset(of: position, in: scalars), start < scalars.count else { return nil }
        if scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
        let letters = Array(key.unicodeScalars)
        let end = start + letters.count
        guard !letters.isEmpty, end <= scalars.count, Array(scalars[start..<end]) == letters else {
            return nil
        }
        return start..<end
    }

    private static func offset(of position: BatchPosition, in scalars: [Unicode.Scalar]) -> Int? {
        var (line, lineStart) = (1, 0)
        while line < position.line {
            guard let end = scalars[lineStart...].firstIndex(where: lineBreaks.contains) else { return nil }
            let isPair = scalars[end] == "\r" && end + 1 < scalars.count && scalars[end + 1] == "\n"
            lineStart = end + (isPair ? 2 : 1)
            line += 1
        }
        return lineStart + position.column - 1
    }

    /// What ends a line in YAML 1.1, as libyaml counts them.
    private static let lineBreaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]

    private static func mistake(
        for error: YamlError,
        in scalars: [Unicode.Scalar],
    ) -> BatchFileError.Mistake {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let position = BatchPosition(line: mark.line, column: mark.column)
            if let offset = offset(of: position, in: scalars), offset < scalars.count, scalars[offset] == "\t"
            {
                return .init(position: position, message: "invalid YAML: a tab; indent with spaces")
            }
            let place = context.map { ", \($0.text)" } ?? ""
            return .init(position: position, message: "invalid YAML: \(problem)\(place)")
        case .reader(let problem, let offset, _, let yaml):
            let before = yaml.prefix(offset ?? 0)
            let lineStart = before.lastIndex(where: \.isNewline).map(before.index(after:))
            let position = BatchPosition(
                line: before.count(where: \.isNewline) + 1,
                column: before[(lineStart ?? before.startIndex)...].unicodeScalars.count + 1,
            )
            return .init(position: position, message: "invalid YAML: \(problem)")
        default:
            return .init(position: .start, message: "invalid YAML: \(error)")
        }
    }
}

extension BatchFileError.Mistake: Error {}
