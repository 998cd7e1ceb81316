import Foundation
public import SandboxModel

/// Reads a batch's JSON report; a result is read when it is asked for, and only then in memory.
///
/// A report that was cut off is read as far as it is whole.
public final class BatchReportReader {
    /// The batch's counts, or `nil` when the report was cut off before them.
    public let summary: BatchSummary?
    private let handle: FileHandle
    private let ranges: [Range<UInt64>]

    /// Opens the report at `path` and finds its results.
    ///
    /// - Throws: ``BatchReportError/notAReport(path:)`` for a file that is not one; the system's error when it cannot
    ///   be read.
    public init(path: String) throws {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        self.handle = handle
        var scanner = ResultListScanner()
        while let chunk = try handle.read(upToCount: 1 << 18), !chunk.isEmpty { scanner.scan(chunk) }
        ranges = scanner.results
        summary = try scanner.summary.map { range in
            try JSONDecoder().decode(BatchSummary.self, from: try handle.read(range))
        }
        guard summary != nil || !ranges.isEmpty else { throw BatchReportError.notAReport(path: path) }
    }

    /// How many results the report holds.
    public var count: Int { ranges.count }

    /// The result at `position` in the report; the first is 0.
    ///
    /// - Throws: `DecodingError` when it is not a result; the system's error when it cannot be read.
    public func result(at position: Int) throws -> SampleResult {
        try ResultJSON.decodeSample(try handle.read(ranges[position]))
    }

    /// Calls `body` with each result, in the order of the report.
    ///
    /// - Throws: What `body` throws, and what ``result(at:)`` does.
    public func forEach(_ body: (SampleResult) throws -> Void) throws {
        for position in ranges.indices { try body(try result(at: position)) }
    }

    /// Where each finished sample's result lies, by the hash of the sample.
    ///
    /// Samples that were cancelled, or that Sanderling failed to run, are not finished: a resumed batch runs them again.
    ///
    /// - Throws: What ``result(at:)`` does.
    public func finishedPositions() throws -> [String: Int] {
        var positions: [String: Int] = [:]
        for (position, range) in ranges.enumerated() {
            let identity = try JSONDecoder().decode(Identity.self, from: try handle.read(range))
            switch identity.verdict {
            case .cancelled, .internalError: continue
            default: positions[identity.hash] = position
            }
        }
        return positions
    }

    /// The part of a result that tells which sample it belongs to.
    private struct Identity: Decodable {
        let hash: String
        let verdict: Verdict
    }
}

/// Why a file could not be read as a batch report.
public enum BatchReportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file holds neither a list of results nor a summary.
    case notAReport(path: String)

    /// What is wrong, in one sentence.
    public var description: String {
        switch self {
        case .notAReport(let path): "\(path) is not the JSON report of a batch"
        }
    }
}

extension FileHandle {
    fileprivate func read(_ range: Range<UInt64>) throws -> Data {
        try seek(toOffset: range.lowerBound)
        return try read(upToCount: Int(range.upperBound - range.lowerBound)) ?? Data()
    }
}
