/// Where a batch's reports go, and in which forms.
public struct BatchOutput: Sendable, Hashable {
    /// A form of report.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// One JSON object.
        case json
        /// A self-contained page.
        case html
        /// JUnit XML.
        case junit
        /// Comma-separated values.
        case csv
        /// A Markdown table.
        case markdown
        /// SARIF, of what audits found.
        case sarif

        /// The extension of its files, without the dot.
        public var fileExtension: String {
            switch self {
            case .json, .html, .csv, .sarif: rawValue
            case .junit: "xml"
            case .markdown: "md"
            }
        }
    }

    /// The path of each report, by its form.
    public var files: [Format: String]
    /// Whether reports show each sample's usage, limits and isolation, beside its verdict and output.
    ///
    /// Default: they do.
    public var includeExecutionDetails: Bool

    /// Reports at the given paths.
    public init(files: [Format: String] = [:], includeExecutionDetails: Bool = true) {
        self.files = files
        self.includeExecutionDetails = includeExecutionDetails
    }
}

/// What a batch logs, and where.
public struct BatchLogging: Sendable, Hashable {
    /// The least grave messages that are kept.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        /// Everything.
        case debug
        /// What happens, sample by sample.
        case info
        /// What deserves attention.
        case warning
        /// What went wrong.
        case error
        /// What ended the batch.
        case critical
    }

    /// The least grave messages that are kept.
    ///
    /// Default: ``Level/info``.
    public var level: Level
    /// The log file's path, or `nil` for none.
    public var file: String?

    /// Logging at `level` into `file`.
    public init(level: Level = .info, file: String? = nil) {
        self.level = level
        self.file = file
    }
}
