import Service

/// What Judge0's clients call a submission: the id of its first execution, as a UUID of version 4.
///
/// Some clients take no other version. Ours are of version 7; the digit that says so is all that differs.
struct SubmissionToken: Sendable, Hashable, CustomStringConvertible {
    let id: ExecutionID

    init(_ id: ExecutionID) { self.id = id }

    /// The token that is written so, or `nil` when that is none.
    init?(_ text: String) {
        guard let version = Self.version(of: text), text[version] == "4",
            let id = ExecutionID(text.replacingCharacters(in: version...version, with: "7"))
        else { return nil }
        self.id = id
    }

    var description: String {
        guard let version = Self.version(of: id.description) else { return id.description }
        return id.description.replacingCharacters(in: version...version, with: "4")
    }

    private static func version(of text: String) -> String.Index? {
        text.index(text.startIndex, offsetBy: 14, limitedBy: text.endIndex).flatMap {
            $0 < text.endIndex ? $0 : nil
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: ClosedRange<Index>, with text: String) -> String {
        var copy = self
        copy.replaceSubrange(range, with: text)
        return copy
    }
}
