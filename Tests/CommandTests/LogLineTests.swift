import Foundation
import Logging
import Testing

@testable import SanderlingCLI

/// What a log file holds.
@Suite struct LogLineTests {
    private func event(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogEvent {
        LogEvent(
            level: .warning,
            message: "\(message)",
            error: nil,
            metadata: metadata,
            source: "test",
            file: "",
            function: "",
            line: 1,
        )
    }

    @Test func `a record is one line with its metadata in order`() {
        let line = LogLine(
            event("sample failed", ["verdict": "signaled", "description": "Null pointer"]),
            label: "sanderling.batch",
            metadata: ["run": "1"],
            time: Date(timeIntervalSince1970: 0.25),
        )
        #expect(
            line.text
                == "1970-01-01T00:00:00.250Z warning sanderling.batch: sample failed "
                + "description=\"Null pointer\" run=1 verdict=signaled"
        )
    }

    @Test func `what a program controls cannot forge a record`() {
        let line = LogLine(
            event("x", ["name": "a\n1970 error forged \u{1B}[2J \"quoted\""]),
            label: "l",
            metadata: [:],
        )
        #expect(!line.text.contains("\n"))
        #expect(line.text.hasSuffix(#"name="a␊1970 error forged ␛[2J \"quoted\"""#))
    }

    @Test func `a log file is made with its directory, and grows`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(
            path: "sanderling-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "logs/run.log").path
        try LogDestination(path: path).append("one")
        try LogDestination(path: path).append("two")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "one\ntwo\n")
    }
}
