/// An optional sample that was left out of a batch, because this host lacks its language.
public struct SkippedSample: Sendable, Hashable, Codable {
    /// Its place in the batch file; the first is 0.
    public let index: Int
    /// What the file says it is.
    public let description: String
    /// Its language.
    public let language: String
    /// What is missing and how to have it, in one sentence.
    public let reason: String

    /// A sample that is left out for `reason`.
    public init(index: Int, description: String, language: String, reason: String) {
        self.index = index
        self.description = description
        self.language = language
        self.reason = reason
    }
}
