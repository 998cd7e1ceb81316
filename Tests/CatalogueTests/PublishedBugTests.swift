import Catalogue
import Foundation
import Testing

/// The table of SECURITY.md in which published bugs of other sandboxes have tests of ours.
@Suite struct PublishedBugTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func rows() throws -> [[Substring]] {
        let text = try String(contentsOf: repository.appending(path: "SECURITY.md"), encoding: .utf8)
        let section = try #require(text.split(separator: "\n## ").first { $0.hasPrefix("Published bugs") })
        return section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2)
            .map { $0.split(separator: " | ") }
    }

    @Test func `each has an attack, a test or a script, and that is there`() throws {
        let attacks = Set(try Catalogue().cases.map { "\($0.attackClass.rawValue)/\($0.id)" })
        let rows = try Self.rows()
        #expect(rows.count > 20)
        for row in rows {
            let tests = try #require(row.last)
            let names = tests.matches(of: /`([^`]+)`/).map { String($0.1) }
            #expect(row.count == 3 && !names.isEmpty, "\(row)")
            for name in names where !attacks.contains(name) {
                let path = Self.repository.appending(path: name).path()
                #expect(FileManager.default.fileExists(atPath: path), "\(name) is no attack and no file")
            }
            for match in tests.matches(of: /`(Tests\/[^`]+)`: "([^"]+)"/) {
                let file = Self.repository.appending(path: String(match.1))
                #expect(try String(contentsOf: file, encoding: .utf8).contains(match.2), "\(match.0)")
            }
        }
    }
}
