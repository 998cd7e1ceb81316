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
        #expect(destinations.json == "/o/results.json")
        #expect(destinations.others.map(\.form) == [.html])
        #expect(destinations.others.map(\.path) == ["/o/results.html"])
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
        #expect(destinations.json == "mine.json")
        #expect(destinations.others.map(\.path) == ["/o/page.html", "j.xml", "mine.csv"])
    }

    @Test func `nothing is written when nobody asks`() throws {
        let destinations = try destinations(of: [:])
        #expect(destinations.json == nil)
        #expect(destinations.others.isEmpty)
    }

    @Test func `two reports cannot have one path`() {
        #expect(throws: Mistake.self) { try destinations(of: [.json: "/o/r"], "--csv", "/o/../o/r") }
    }

    @Test func `going on from a report needs one`() {
        #expect(throws: Mistake.self) { try EarlierResults(.ownReport, ownReport: nil) }
        #expect(throws: Mistake.self) { try EarlierResults(.report("/nowhere.json"), ownReport: nil) }
    }
}
