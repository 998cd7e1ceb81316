import ArgumentParser
import Reporting
import Sanderling
import Testing

@testable import SanderlingCLI

/// What the options of `sanderling batch` become.
@Suite struct BatchArgumentTests {
    private func batch(_ arguments: String...) throws -> BatchCommand { try BatchCommand.parse(arguments) }

    private func destinations(
        of files: [BatchOutput.Format: String],
        _ arguments: String...,
    ) throws -> BatchDestinations {
        let command = try BatchCommand.parse(["b.yaml"] + arguments)
        return try BatchDestinations(BatchOutput(files: files), output: command.output, forms: command.forms)
    }

    @Test func `options reach their fields`() throws {
        let command = try batch("b.yaml", "-j", "3", "--repeat", "5", "--quiet", "--format", "json")
        #expect(command.file == "b.yaml")
        #expect(command.jobs == 3)
        #expect(command.repeats == 5)
        #expect(command.quiet)
        #expect(command.format == .json)
        #expect(command.resume == nil)
    }

    @Test func `resume takes a report, or none for the batch's own`() throws {
        #expect(try batch("b.yaml", "--resume").resume == .ownReport)
        #expect(try batch("b.yaml", "--resume", "--quiet").resume == .ownReport)
        #expect(try batch("b.yaml", "--resume", "old.json").resume == .report("old.json"))
        #expect(try batch("b.yaml", "--resume=old.json").resume == .report("old.json"))
    }

    @Test func `a page lies beside the JSON report`() throws {
        let destinations = try destinations(of: [.json: "/o/results.json"])
        #expect(destinations.json?.path == "/o/results.json")
        #expect(destinations.others.map(\.form) == [.html])
        #expect(destinations.others.map(\.place.path) == ["/o/results.html"])
    }

    @Test func `options take the place of what the file says`() throws {
        let destinations = try destinations(
            of: [.json: "/o/results.json", .csv: "/o/results.csv", .html: "/o/page.html"],
            "--output",
            "mine.json",
            "--csv",
            "mine.csv",
            "--junit",
            "j.xml",
        )
        #expect(destinations.json?.path == "mine.json")
        #expect(destinations.others.map(\.place.path) == ["/o/page.html", "j.xml", "mine.csv"])
    }

    @Test func `nothing is written when nobody asks`() throws {
        let destinations = try destinations(of: [:])
        #expect(destinations.json == nil)
        #expect(destinations.others.isEmpty)
    }

    @Test func `two reports cannot have one path`() {
        #expect(throws: Mistake.self) { try destinations(of: [.json: "/o/r"], "--csv", "/o/../o/r") }
    }

    @Test func `no page lies beside a report that is not a file`() throws {
        let destinations = try destinations(of: [:], "--output", "/dev/fd/1")
        #expect(destinations.json?.path == "/dev/fd/1")
        #expect(destinations.reportFile == nil)
        #expect(destinations.others.isEmpty)
    }

    @Test func `a report cannot replace the batch file or the log`() throws {
        let command = try BatchCommand.parse(["b.yaml", "--output", "./b.yaml"])
        let error = #expect(throws: Mistake.self) {
            try BatchDestinations(
                BatchOutput(),
                output: command.output,
                forms: command.forms,
                keeping: [("the batch file", "b.yaml")],
            )
        }
        #expect(
            error?.description
                == "'./b.yaml' is the batch file, which the report would replace; give another path"
        )
    }

    @Test func `a report that cannot be written is a mistake before anything runs`() {
        let error = #expect(throws: Mistake.self) { try destinations(of: [:], "--csv", "/etc/passwd/r.csv") }
        #expect(error?.description.hasPrefix("'/etc/passwd/r.csv' cannot be written (/etc/passwd") == true)
        #expect(throws: Mistake.self) { try destinations(of: [:], "--output", "/tmp") }
    }

    @Test func `going on from a report needs one`() {
        #expect(throws: Mistake.self) { try EarlierResults(.ownReport, ownReport: nil) }
        #expect(throws: Mistake.self) { try EarlierResults(.report("/nowhere.json"), ownReport: nil) }
    }
}
