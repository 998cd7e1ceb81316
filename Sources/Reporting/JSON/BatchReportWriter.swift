import Foundation
public import SandboxModel

/// Writes a batch's JSON report result by result, in memory for one result.
///
/// The report grows in `NAME.partial` beside its target, and each write leaves it a whole report of an interrupted
/// batch: the results so far and their summary. A batch that was killed can therefore be resumed from it. A target
/// that is a symbolic link stays one, and what it leads to is replaced.
public final class BatchReportWriter {
    private let target: String
    private let handle: FileHandle
    /// Where the closing of the list begins, which the next result overwrites.
    private var end: UInt64
    private var summary: BatchSummary

    /// Begins the report of a batch of `total` samples at `path`; directories on the way are made.
    ///
    /// An earlier `NAME.partial` is replaced; an earlier report at `path` stays until ``finish(summary:)``.
    ///
    /// - Parameters:
    ///   - path: A regular file, there already or not. Reports for devices and pipes are written elsewhere and
    ///     copied there with ``ReportFile``.
    ///   - total: How many samples are to run.
    ///   - skipped: Those that are left out.
    /// - Throws: ``UnfitDestination`` for a path that leads to anything but a regular file; the system's error when the
    ///   file cannot be made.
    public init(path: String, total: Int, skipped: [SkippedSample] = []) throws {
        guard let file = try ReportDestination(path).file else {
            throw UnfitDestination(path: path, number: ESPIPE)
        }
        target = file
        handle = try FileHandle(creating: ReportFile.partialPath(of: file))
        summary = BatchSummary(total: total, skipped: skipped)
        summary.interrupted = true
        end = 0
        try append(Array("{\"results\":[".utf8), closing: summary)
    }

    /// Where the report of a batch that was killed is left: beside the file that `path` leads to.
    ///
    /// - Throws: ``UnfitDestination`` for a path that leads to no file.
    public static func partialPath(of path: String) throws -> String {
        ReportFile.partialPath(of: try ReportDestination(path).file ?? path)
    }

    /// Adds the next result.
    ///
    /// - Throws: The system's error, such as no space.
    public func append(_ sample: SampleResult) throws {
        let isFirst = summary.verdicts.isEmpty
        summary.add(sample)
        summary.wallTime = max(summary.wallTime, sample.startedAt + sample.result.usage.wallTime)
        try append(Array((isFirst ? "\n" : ",\n").utf8) + sample.json.serialized(), closing: summary)
    }

    /// Writes the batch's own summary and puts the report in place.
    ///
    /// - Throws: The system's error when the report cannot be written or renamed.
    public func finish(summary: BatchSummary) throws {
        try append([], closing: summary)
        try handle.truncate(atOffset: try handle.offset())
        try handle.commit(ReportFile.partialPath(of: target), as: target)
    }

    /// Overwrites the closing with `bytes` and a new closing, in one write so that a kill finds one or the other.
    private func append(_ bytes: [UInt8], closing summary: BatchSummary) throws {
        let closing = Array("\n],\n\"summary\":".utf8) + summary.json.serialized() + Array("}\n".utf8)
        try handle.seek(toOffset: end)
        try handle.write(contentsOf: Data(bytes + closing))
        end += UInt64(bytes.count)
    }
}
