import Foundation
import LinuxKernel

/// A JSON report that exists only while other forms are made from it.
final class TemporaryReport: Sendable {
    private let directory: String

    /// A place for a report, in a directory that only we can enter.
    init() throws {
        let template = FileManager.default.temporaryDirectory.path + "/sanderling-XXXXXX"
        var name = template.utf8CString
        let made = name.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) } != nil
        }
        guard made else { throw KernelError(call: "mkdtemp", number: errno) }
        directory = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The report's path.
    var path: String { directory + "/report.json" }

    deinit {
        do { try FileManager.default.removeItem(atPath: directory) } catch { return }
    }
}
