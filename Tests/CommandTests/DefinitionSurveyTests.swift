import Foundation
import Languages
import SandboxModel
import Testing

@testable import SanderlingCLI

/// A wrong definition does not hide the others.
@Suite struct DefinitionSurveyTests {
    @Test func `the others are read beside a wrong definition, and the mistake is kept`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(
            path: "sanderling-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: directory) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try "name: [".write(
            to: directory.appending(path: "broken.yaml"),
            atomically: true,
            encoding: .utf8,
        )
        let standard = LanguageCatalog()
        let whole = DefinitionSurvey(standard)
        #expect(whole.mistakes.isEmpty)
        #expect(whole.definitions == (try standard.all()))
        let survey = DefinitionSurvey(LanguageCatalog(directories: [directory.path] + standard.directories))
        #expect(survey.definitions == whole.definitions)
        #expect(survey.mistakes.count == 1)
        #expect(survey.mistakes.first?.description.contains("broken.yaml") == true)
    }
}
