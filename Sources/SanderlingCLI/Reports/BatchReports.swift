import Foundation
import Reporting
import SandboxModel

/// Reads and writes the reports of a batch.
enum BatchReports {
    /// Opens a JSON report.
    static func reader(of path: String) throws -> BatchReportReader {
        do {
            return try BatchReportReader(path: path)
        } catch let error as BatchReportError {
            throw Mistake("\(error.description); give the file that 'sanderling batch' wrote as JSON")
        } catch {
            throw Mistake("\(path.quoted) cannot be read: \(SystemFailure.reason(error))")
        }
    }

    /// The counts of the results that a report holds.
    static func summary(of reader: BatchReportReader) throws -> BatchSummary {
        var summary = BatchSummary(total: reader.count)
        try reader.forEach { sample in
            summary.add(sample)
            summary.wallTime = max(summary.wallTime, sample.startedAt + sample.result.usage.wallTime)
        }
        summary.interrupted = true
        return summary
    }

    /// Writes one further form of a report, a result at a time.
    static func write(
        _ form: ReportFormat,
        to destination: ReportDestination,
        summary: BatchSummary,
        from reader: BatchReportReader,
    ) throws {
        let file = try ReportFile(at: destination)
        try form.report.write(summary: summary, results: { try reader.forEach($0) }, to: file.write)
        try file.commit()
    }

    /// Writes a JSON report that was made elsewhere to a device, a pipe or a descriptor.
    static func copy(_ path: String, to destination: ReportDestination) throws {
        let file = try ReportFile(at: destination)
        try file.copy(from: path)
        try file.commit()
    }
}
