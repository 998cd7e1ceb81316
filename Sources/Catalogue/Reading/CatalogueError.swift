/// Everything that is wrong with a catalogue's files.
package struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One line for each mistake: the file, the line and column where they are known, what is wrong, and what to write instead.
    package let mistakes: [String]

    /// The mistakes, a line each.
    package var description: String { mistakes.joined(separator: "\n") }
}
