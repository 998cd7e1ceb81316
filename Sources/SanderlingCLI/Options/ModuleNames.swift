import Foundation
import SandboxModel

/// A list of modules: `os,sys,subprocess`.
struct ModuleNames: Hashable {
    let names: [String]

    /// The modules that may be imported; the empty text is the empty list.
    init(allowed text: String) throws(Mistake) {
        if text.isEmpty { names = [] } else { names = try Self.names(in: text) }
    }

    /// The modules that may not be imported; an empty list would refuse nothing.
    init(denied text: String) throws(Mistake) {
        guard !text.isEmpty else {
            throw Mistake("'' refuses no module; write names like os,urllib.request, or leave the option out")
        }
        names = try Self.names(in: text)
    }

    /// Reads a list, with or without blanks around its commas.
    private static func names(in text: String) throws(Mistake) -> [String] {
        var names: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = part.trimmingCharacters(in: .whitespaces)
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            guard !parts.contains(where: \.isEmpty), !name.contains(where: { $0.isWhitespace || $0 == "*" })
            else {
                throw Mistake("\(name.quoted) is not a module's name; write names like os,urllib.request")
            }
            names.append(name)
        }
        return names
    }
}
