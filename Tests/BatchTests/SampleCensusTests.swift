import Foundation
import Languages
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What a batch finds out before anything of it runs.
@Suite struct SampleCensusTests {
    private func samples(_ languages: [String], optional: Bool = false) -> [BatchSample] {
        languages.enumerated().map { index, language in
            BatchSample(
                index: index,
                description: "sample \(index)",
                program: Program(language: language, code: ""),
                optional: optional,
                position: BatchPosition(line: index + 3, column: 7),
            )
        }
    }

    /// A census with one language that is there, `present`, and one that is not, `absent`.
    private func census(of samples: [BatchSample]) throws -> SampleCensus {
        let directory = URL.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, executable) in [("present", "sh"), ("absent", "no-such-tool")] {
            let text = """
                name: \(name)
                display_name: \(name)
                extensions: [\(name)]
                family: interpreter
                package: \(name)-tools
                executables:
                  main:
                    candidates: [\(executable)]
                source_name: main.x
                run:
                  command: ["{executable:main}", "{source}"]
                hello:
                  source: x
                  expected_output: x
                """
            try Data(text.utf8).write(to: directory.appending(path: "\(name).yaml"))
        }
        var census = SampleCensus(
            languages: LanguageCatalog(directories: [directory.path(percentEncoded: false)])
        )
        for sample in samples { census.add(sample) }
        return census
    }

    @Test func `every sample whose language is missing is named with its place and the mend`() throws {
        let census = try census(of: samples(["absent", "present", "klingon", "absent"]))
        let mend = "apt-get install absent-tools, or leave the sample out with 'optional: true'"
        #expect(
            census.reasons.map(\.description) == [
                "3:7: absent is not installed; \(mend)",
                "5:7: unknown language 'klingon'; known are absent, present",
                "6:7: absent is not installed; \(mend)",
            ]
        )
        #expect(census.skipped.isEmpty)
    }

    @Test func `an optional sample is left out where its language is not installed`() throws {
        let census = try census(of: samples(["absent", "present"], optional: true))
        #expect(census.reasons.isEmpty)
        #expect(census.skipped.map(\.index) == [0])
        #expect(census.skipped.first?.reason == "absent is not installed; apt-get install absent-tools")
    }

    @Test func `an unknown language is refused, optional or not`() throws {
        let census = try census(of: samples(["klingon"], optional: true))
        #expect(census.reasons.map(\.error.code) == [.unknownLanguage])
    }
}
