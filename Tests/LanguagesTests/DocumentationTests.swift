import Foundation
import SandboxModel
import Testing

@testable import LanguageFiles
@testable import Languages

@Suite struct DocumentationTests {
    private static func text(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test func `the example of a definition in the documentation is right`() throws {
        let page = try Self.text("docs/languages.md")
        let parts = page.components(separatedBy: "```")
        let example = try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst("yaml\n".count)
        let definition = try DefinitionReader.definition(String(example), file: "nim.yaml")
        #expect(definition.compile?.steps.count == 1)
    }

    @Test func `the documentation has a row for every language, with its extensions and packages`() throws {
        let page = try Self.text("docs/languages.md")
        for language in try LanguageCatalog(directories: [LanguageCatalog.builtInDirectory]).all() {
            let cells = [
                "`\(language.name)`", language.displayName, language.aliases.joined(separator: ", "),
                language.extensions.joined(separator: ", "), language.package,
            ]
            #expect(page.contains("| \(cells.joined(separator: " | ")) |"))
        }
    }

    @Test func `the tests' list of packages has every language's`() throws {
        let lines = try Self.text("scripts/languages-packages.txt").split(separator: "\n")
        let listed = lines.filter { !$0.hasPrefix("#") }.map { line in
            line.split(separator: "#").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        for language in try LanguageCatalog(directories: [LanguageCatalog.builtInDirectory]).all() {
            let packages = listed.filter { $0.count == 2 && $0[1] == language.name }.map { $0[0] }
            #expect(packages == language.package.split(separator: " ").map(String.init))
        }
    }
}
