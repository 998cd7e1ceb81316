/// The top-level objects of a Scala source.
struct ScalaOutline {
    /// The class to start: the first object with a `main` method or that extends `App`, else the first object.
    private(set) var mainClass: String?

    /// What a pair of braces encloses.
    private enum Scope {
        case package
        case object(String)
        case other
    }

    init(_ source: [UInt8]) {
        let tokens = Array(SourceTokens(source, nestedComments: true))
        var packages: [String] = []
        var scopes: [Scope] = []
        var pending = Scope.other
        var firstObject: String?
        for (index, token) in tokens.enumerated() {
            switch token {
            case "{":
                scopes.append(pending)
                pending = .other
            case "}":
                if case .package? = scopes.popLast() { packages.removeLast() }
                pending = .other
            case "package" where tokens[safe: index + 1] != "object":
                let (name, hasBraces) = Self.packageName(tokens[(index + 1)...])
                packages.append(name)
                if hasBraces { pending = .package }
            case "object" where tokens[safe: index - 1] != "package" && Self.isTopLevel(scopes):
                guard let name = tokens[safe: index + 1] else { continue }
                let qualified = (packages + [name]).joined(separator: ".")
                firstObject = firstObject ?? qualified
                pending = .object(qualified)
                let header = tokens[(index + 2)...].prefix { $0 != "{" && $0 != "object" && $0 != "class" }
                if header.first == "extends", header.contains("App") {
                    mainClass = mainClass ?? qualified
                }
            case "class", "trait": pending = .other
            case "main" where tokens[safe: index - 1] == "def":
                guard case .object(let name)? = scopes.last else { continue }
                mainClass = mainClass ?? name
            default: continue
            }
        }
        mainClass = mainClass ?? firstObject
    }

    /// The name in a package clause, and whether braces follow it.
    private static func packageName(_ tokens: ArraySlice<String>) -> (name: String, hasBraces: Bool) {
        var name = tokens.first ?? ""
        var rest = tokens.dropFirst()
        while rest.first == ".", let part = rest.dropFirst().first {
            name += "." + part
            rest = rest.dropFirst(2)
        }
        return (name, rest.first == "{")
    }

    private static func isTopLevel(_ scopes: [Scope]) -> Bool {
        scopes.allSatisfy { if case .package = $0 { true } else { false } }
    }
}
