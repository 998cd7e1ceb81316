import Foundation
import Reporting
import SandboxModel

/// The results that an earlier run of a batch has left, by the hash of their samples.
actor EarlierResults {
    private let readers: [BatchReportReader]
    private let places: [String: (reader: Int, position: Int)]

    /// Opens what there is to go on from; `nil` when nothing was asked for.
    ///
    /// Of a batch's own report, what a killed run left beside it counts too.
    init?(_ resumption: Resumption?, ownReport: String?) throws {
        switch resumption {
        case nil: return nil
        case .report(let path): try self.init(readers: [BatchReports.reader(of: path)])
        case .ownReport:
            guard let ownReport else {
                throw Mistake(
                    "--resume needs a report to go on from; give its path, or write one with --output"
                )
            }
            let left = try [BatchReportWriter.partialPath(of: ownReport), ownReport]
                .filter { FileManager.default.fileExists(atPath: $0) }
            try self.init(readers: left.map { try BatchReports.reader(of: $0) })
        }
    }

    private init(readers: [BatchReportReader]) throws {
        var places: [String: (reader: Int, position: Int)] = [:]
        for (number, reader) in readers.enumerated() {
            for (hash, position) in try reader.finishedPositions() where places[hash] == nil {
                places[hash] = (number, position)
            }
        }
        self.readers = readers
        self.places = places
    }

    /// The result of the sample with this hash, if there is one.
    func result(of hash: String) throws -> SampleResult? {
        guard let place = places[hash] else { return nil }
        return try readers[place.reader].result(at: place.position)
    }
}
