/// A place in a batch file.
public struct BatchPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, counted in Unicode scalars.
    public let column: Int

    /// The start of a file.
    public static let start = BatchPosition(line: 1, column: 1)

    /// A place by its line and column, both from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Orders places as they come in the file.
    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    /// The place as compilers write it: `12:7`.
    public var description: String { "\(line):\(column)" }
}
