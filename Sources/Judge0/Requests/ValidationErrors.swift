import Reporting

/// What is wrong with a submission, by field, in the words that Judge0 uses.
struct ValidationErrors: Error, Sendable {
    private(set) var fields: [(name: String, messages: [String])] = []

    /// Nothing is wrong yet.
    init() {}

    /// What is said of members that are there and cannot be read.
    init(unreadable names: [String]) {
        fields = names.map {
            (
                name: $0,
                messages: ["is invalid: neither a text in UTF-8, nor a number in range, nor true or false"],
            )
        }
    }

    var isEmpty: Bool { fields.isEmpty }

    mutating func add(_ message: String, to name: String) {
        if let place = fields.firstIndex(where: { $0.name == name }) {
            fields[place].messages.append(message)
        } else {
            fields.append((name, [message]))
        }
    }

    var json: JSONValue {
        .object(fields.map { (key: $0.name, value: .array($0.messages.map(JSONValue.string))) })
    }
}
