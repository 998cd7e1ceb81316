/// Everything that is wrong with a configuration, found in one go.
package struct ConfigurationMistakes: Error, Sendable, Hashable, CustomStringConvertible {
    /// One line for each mistake: where it is, what it is, and its mend.
    package let lines: [String]

    package init(_ lines: [String]) { self.lines = lines }

    /// The lines.
    package var description: String { lines.joined(separator: "\n") }
}
