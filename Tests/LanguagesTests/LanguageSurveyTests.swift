import Foundation
import LanguageFiles
import Languages
import SandboxModel
import Testing

/// A wrong definition does not hide the others.
@Suite struct LanguageSurveyTests {
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
        let whole = standard.survey()
        #expect(whole.mistakes.isEmpty)
        #expect(whole.definitions == (try standard.all()))
        let survey = LanguageCatalog(directories: [directory.path] + standard.directories).survey()
        #expect(survey.definitions == whole.definitions)
        #expect(survey.mistakes.keys.sorted() == ["broken"])
        #expect(survey.mistakes["broken"]?.description.contains("broken.yaml") == true)
    }
}
