import Foundation
import Reporting
import SandboxModel
import Testing

@Suite struct CSVReportTests {
    @Test func `every row has a cell for every column`() throws {
        let rows = try rows(SampleBatch.samples)
        #expect(rows.count == 19)
        #expect(rows.allSatisfy { $0.count == rows[0].count })
        #expect(rows[0].prefix(3) == ["index", "description", "language"])
        #expect(rows[6][1] == "Memory bomb")
        #expect(rows[6][4] == "memory_exceeded")
        #expect(rows[6][11] == "100000000")
    }

    @Test func `of a program that did not compile the compiler's consumption is told`() throws {
        let row = try rows([SampleBatch.uncompiled])[1]
        #expect(row[9...11] == ["0.412", "0.39", "148000000"])
        #expect(row.last == "compile")
        #expect(try rows([SampleBatch.compiled])[1].last == "run")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\u{FF1D}1"])
    func `no cell is a formula`(text: String) throws {
        var sample = SampleBatch.samples[0]
        sample.description = text
        let cell = try rows([sample])[1][1]
        let first = try #require(cell.first { !$0.isWhitespace })
        #expect(!"=+-@\u{FF1D}".contains(first))
    }

    @Test func `quotes, commas and line ends stay in their cell`() throws {
        var sample = SampleBatch.samples[0]
        sample.description = "a,\"b\"\r\nc"
        #expect(try rows([sample])[1][1] == "a,\"b\" c")
    }

    private func rows(_ samples: [SampleResult]) throws -> [[String]] {
        let text = try CSVReport().text(summary: SampleBatch.summary, results: samples)
        #expect(TerminalText.inert(text) == text.replacingOccurrences(of: "\r\n", with: "\n"))
        var rows: [[String]] = [[""]]
        var quoted = false
        for scalar in text.unicodeScalars {
            let row = rows.count - 1
            switch scalar {
            case "\"":
                quoted.toggle()
                // A doubled quote closes and opens again; the text has one of the two.
                rows[row][rows[row].count - 1] += "\""
            case "," where !quoted: rows[row].append("")
            case "\n" where !quoted: rows.append([""])
            case "\r" where !quoted: break
            default: rows[row][rows[row].count - 1].unicodeScalars.append(scalar)
            }
        }
        return rows.dropLast().map { row in
            row.map { cell in
                guard cell.hasPrefix("\"") else { return cell }
                return cell.dropFirst().dropLast().replacingOccurrences(of: "\"\"", with: "\"")
            }
        }
    }
}
