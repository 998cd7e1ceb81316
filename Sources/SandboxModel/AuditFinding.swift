/// Something an analyser found in a program's source before it was run.
///
/// A finding never changes a verdict: it tells a person where to look. The kernel is the boundary.
public struct AuditFinding: Sendable, Hashable, Codable {
    /// How grave, or how certain, the analyser holds a finding to be.
    public enum Level: String, Sendable, Hashable, Codable, CaseIterable {
        /// Worth a look.
        case low
        /// Likely to matter.
        case medium
        /// Dangerous, or almost certain.
        case high
    }

    /// The analyser's name: `bandit`.
    public var tool: String
    /// The rule's stable identifier: `B102`.
    public var rule: String
    /// The rule's name for people: `exec_used`.
    public var name: String
    /// How grave it is.
    public var severity: Level
    /// How certain the analyser is.
    public var confidence: Level
    /// What was found, in one sentence.
    public var message: String
    /// The file it is in, relative to the work directory: `main.py`.
    public var path: String
    /// Its first line; the first line of a file is 1.
    public var line: Int
    /// Its last line; equal to ``line`` when it lies on one.
    public var endLine: Int
    /// Its first column, from 1, or `nil` when the analyser does not say.
    public var column: Int?
    /// The weakness in the Common Weakness Enumeration, by number, or `nil` when it has none.
    public var weakness: Int?
    /// Where the rule is explained, or `nil`.
    public var help: String?

    /// A finding of `rule` at `line`; `endLine` defaults to the same line.
    public init(
        tool: String,
        rule: String,
        name: String,
        severity: Level,
        confidence: Level,
        message: String,
        path: String,
        line: Int,
        endLine: Int? = nil,
        column: Int? = nil,
        weakness: Int? = nil,
        help: String? = nil,
    ) {
        self.tool = tool
        self.rule = rule
        self.name = name
        self.severity = severity
        self.confidence = confidence
        self.message = message
        self.path = path
        self.line = line
        self.endLine = endLine ?? line
        self.column = column
        self.weakness = weakness
        self.help = help
    }

    private enum CodingKeys: String, CodingKey {
        case tool, rule, name, severity, confidence, message, path, line
        case endLine = "end_line"
        case column, weakness, help
    }
}
