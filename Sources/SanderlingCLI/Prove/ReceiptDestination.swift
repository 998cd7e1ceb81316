import Reporting

/// Where a receipt is written to.
struct ReceiptDestination: Sendable {
    private let destination: ReportDestination

    /// The place at `path`, which must be one that can be written, before minutes are spent; `nil` without a path.
    init?(_ path: String?) throws {
        guard let path else { return nil }
        do {
            destination = try ReportDestination(path)
            try destination.checkWritable()
        } catch let error as UnfitDestination {
            throw Mistake("the receipt cannot be written: \(error)")
        }
    }

    /// Writes the whole receipt; it appears under its name when it is whole.
    func write(_ text: [UInt8]) throws {
        let file = try ReportFile(at: destination)
        try file.write(String(decoding: text, as: UTF8.self))
        try file.commit()
    }
}
