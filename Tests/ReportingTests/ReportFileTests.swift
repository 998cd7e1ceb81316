import Foundation
import Reporting
import SandboxModel
import Testing

@Suite struct ReportFileTests {
    @Test func `a report appears under its name when it is whole`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("new/report.html")
        let file = try ReportFile(path: path)
        try file.write("half")
        #expect(!FileManager.default.fileExists(atPath: path))
        try file.write(" and half")
        try file.commit()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "half and half")
        #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
    }

    @Test func `a symbolic link in the partial report's place is not followed`() throws {
        let directory = try TemporaryDirectory()
        let precious = directory.path("precious")
        try Data("kept".utf8).write(to: URL(fileURLWithPath: precious))
        let partial = directory.path("report.html.partial")
        try FileManager.default.createSymbolicLink(atPath: partial, withDestinationPath: precious)
        let file = try ReportFile(path: directory.path("report.html"))
        try file.write("report")
        try file.commit()
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "kept")
    }

    @Test(arguments: ReportFormat.allCases)
    func `every format reports a batch of nothing`(format: ReportFormat) throws {
        #expect(try !format.report.text(summary: BatchSummary(total: 0), results: []).isEmpty)
    }
}
