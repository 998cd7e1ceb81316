/// The package and the top-level types of a Java source.
struct JavaOutline {
    /// A top-level type.
    struct TopLevelType {
        var name: String
        var isPublic: Bool
        var hasMain = false
    }

    private(set) var package: String?
    private(set) var types: [TopLevelType] = []

    private static let typeWords: Set<String> = ["class", "interface", "enum", "record"]

    init(_ source: [UInt8]) {
        let tokens = Array(SourceTokens(source, nestedComments: false))
        var depth = 0
        var parentheses = 0
        var isPublic = false
        for (index, token) in tokens.enumerated() {
            switch token {
            case "{": depth += 1
            case "}":
                depth -= 1
                isPublic = false
            case "(": parentheses += 1
            case ")": parentheses -= 1
            case ";" where depth == 0: isPublic = false
            case "public" where depth == 0: isPublic = true
            case "package" where depth == 0 && package == nil && types.isEmpty:
                package = tokens[(index + 1)...].prefix { $0 != ";" }.joined()
            case "main" where depth == 1 && parentheses == 0 && !types.isEmpty:
                guard index > 0, tokens[index - 1] == "void", tokens[safe: index + 1] == "(" else { continue }
                types[types.count - 1].hasMain = true
            case _ where depth == 0 && parentheses == 0 && Self.typeWords.contains(token):
                // `X.class` and a variable called `record` are not declarations; neither has a name after it.
                guard let name = tokens[safe: index + 1], Self.isName(name) else { continue }
                types.append(TopLevelType(name: name, isPublic: isPublic))
                isPublic = false
            default: continue
            }
        }
    }

    private static func isName(_ token: String) -> Bool {
        token.unicodeScalars.first.map { $0.properties.isXIDStart || $0 == "_" || $0 == "$" } ?? false
    }

    /// The public type, after which the file must be named.
    var publicType: String? { types.first(where: \.isPublic)?.name }

    /// The class to start: a public one with a `main` method, else any with one, else the first there is.
    var mainClass: String? {
        let type =
            types.first { $0.hasMain && $0.isPublic } ?? types.first(where: \.hasMain)
            ?? types.first(where: \.isPublic) ?? types.first
        return type.map { type in package.map { "\($0).\(type.name)" } ?? type.name }
    }
}
