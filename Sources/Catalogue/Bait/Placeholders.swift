/// What the words between `@@` and `@@` in a case's files stand for.
struct Placeholders: Sendable {
    /// Every word that there is.
    static let names = [
        "SECRET_PATH", "TAMPER_PATH", "VICTIM_PID", "TCP_PORT", "UDP_PORT", "UNIX_PATH", "ABSTRACT", "MARK",
        each,
    ]

    /// The word that stands for one value of a family.
    static let each = "EACH"

    private var values: [String: String]

    /// Placeholders that stand for `values`, by their words.
    init(_ values: [String: String]) { self.values = values }

    /// The same, of one run of a family.
    func with(each value: String?) -> Self {
        var placeholders = self
        placeholders.values[Self.each] = value
        return placeholders
    }

    /// The text with each placeholder replaced.
    func fill(_ text: String) -> String {
        guard text.contains("@@") else { return text }
        return values.reduce(text) { $0.replacing("@@\($1.key)@@", with: $1.value) }
    }

    /// A file's contents with each placeholder replaced; what is not text stays as it is.
    func fill(_ contents: [UInt8]) -> [UInt8] {
        String(validating: contents, as: UTF8.self).map { Array(fill($0).utf8) } ?? contents
    }

    /// The first word between `@@` and `@@` that stands for nothing.
    static func unknown(in text: String) -> String? {
        text.matches(of: /@@([A-Z_]+)@@/).lazy.map { String($0.1) }.first { !names.contains($0) }
    }
}
