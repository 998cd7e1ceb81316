/// A table for people: columns as wide as their widest cell, two blanks between them.
struct TextTable {
    /// How a column's cells stand.
    enum Alignment {
        case left, right
    }

    /// A cell's text, and how it is emphasised once its width is known.
    struct Cell {
        let text: String
        let emphasis: (String) -> String

        init(_ text: String, _ emphasis: @escaping (String) -> String = { $0 }) {
            self.text = text
            self.emphasis = emphasis
        }
    }

    private let alignments: [Alignment]
    private var rows: [[Cell]]

    /// A table with a heading for each column.
    init(_ columns: [(heading: String, alignment: Alignment)], style: Style) {
        alignments = columns.map(\.alignment)
        rows = [columns.map { Cell($0.heading, style.dim) }]
    }

    /// Adds a row; it must have a cell for each column.
    mutating func add(_ row: [Cell]) {
        precondition(row.count == alignments.count, "a row has a cell for each column")
        rows.append(row)
    }

    /// The lines of the table, without blanks at their ends.
    var lines: [String] {
        let widths = alignments.indices.map { column in
            rows.map { $0[column].text.displayWidth }.max() ?? 0
        }
        return rows.map { row in
            let last = row.lastIndex { !$0.text.isEmpty } ?? 0
            return row[...last].enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - cell.text.displayWidth)
                let text = cell.emphasis(cell.text)
                switch alignments[column] {
                case .right: return blanks + text
                case .left: return column == last ? text : text + blanks
                }
            }
            .joined(separator: "  ")
        }
    }
}
