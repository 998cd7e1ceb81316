import SandboxModel

/// A variable for the program: `LANG=C.UTF-8`.
struct EnvironmentVariable: Hashable {
    let name: String
    let value: String

    /// Reads a name, an equals sign, and the value, which may hold more of them.
    init(_ text: String) throws(Mistake) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            throw Mistake("\(text.quoted) is not a variable; write it as NAME=VALUE")
        }
        name = String(text[..<sign])
        value = String(text[text.index(after: sign)...])
    }
}
