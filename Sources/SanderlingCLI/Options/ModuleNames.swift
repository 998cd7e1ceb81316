import SandboxModel

/// A list of modules: `os,sys,subprocess`.
struct ModuleNames: Hashable {
    let names: [String]

    /// Reads a list; the empty text is the empty list.
    init(_ text: String) throws(Mistake) {
        var names: [String] = []
        for name in text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            guard !parts.contains(where: \.isEmpty), !name.contains(where: { $0.isWhitespace || $0 == "*" })
            else {
                throw Mistake("\(name.quoted) is not a module's name; write names like os,urllib.request")
            }
            names.append(String(name))
        }
        self.names = names
    }
}
