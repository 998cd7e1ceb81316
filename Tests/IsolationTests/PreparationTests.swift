import Foundation
import Languages
import Logging
import SandboxModel
import Sanderling
import Synchronization
import Testing

/// What is told where nothing can be made ready ahead of need.
@Suite struct PreparationTests {
    /// Keeps what it is told.
    private final class Record: Sendable {
        private let lines = Mutex<[String]>([])

        var told: [String] { lines.withLock { $0 } }

        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct RecordHandler: LogHandler {
        let record: Record
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            record.add("\(event.level) \(event.message) \(event.metadata ?? [:])")
        }
    }

    /// `/usr/bin/false`, as an interpreter that can be started ahead, which it cannot.
    private static let definition = """
        name: impatient
        display_name: Impatient
        extensions: [impatient]
        family: python
        package: coreutils
        executables: {interpreter: {candidates: [/usr/bin/false]}}
        source_name: main.impatient
        run: {command: ["{executable:interpreter}", "{source}"], warm: fork}
        hello: {source: hello, expected_output: hello}

        """

    @Test func `an interpreter that cannot be started ahead is told of, and programs run all the same`()
        async throws
    {
        let directory =
            FileManager.default.temporaryDirectory.path + "/sanderling-definitions-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data(Self.definition.utf8).write(to: URL(filePath: directory + "/impatient.yaml"))
        let record = Record()
        let configuration = Sandbox.Configuration(
            languages: LanguageCatalog(directories: [directory]),
            logger: Logger(label: "test") { _ in RecordHandler(record: record) },
        )
        try await withSandbox(configuration) { sandbox in
            let program = Program(language: "impatient", code: "")
            for _ in 0..<200 where record.told.isEmpty {
                let result = try await sandbox.execute(program)
                #expect(result.verdict == .nonzeroExit)
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await sandbox.execute(program).verdict == .nonzeroExit)
        }
        let line = try #require(record.told.first)
        #expect(
            line.hasPrefix("warning nothing is ready ahead of /usr/bin/false: programs begin later"),
            "\(line)",
        )
        #expect(
            line.contains("the interpreter did not come to where it would look at its program"),
            "\(line)",
        )
        // It is not tried again for a minute.
        #expect(record.told.count == 1, "\(record.told)")
    }
}
