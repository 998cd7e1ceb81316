import Foundation
import LinuxKernel

/// A JSON report that exists only while other forms are made from it.
final class TemporaryReport: Sendable {
    private let directory: String

    /// A place for a report, in a directory that only we can enter.
    init() throws {
        var template =
            Array(FileManager.default.temporaryDirectory.path.utf8) + Array("/sanderling-XXXXXX".utf8)
        template.append(0)
        let made = template.withUnsafeMutableBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { mkdtemp($0.baseAddress) != nil }
        }
        guard made else { throw KernelError(call: "mkdtemp", number: errno) }
        directory = String(decoding: template.dropLast(), as: UTF8.self)
    }

    /// The report's path.
    var path: String { directory + "/report.json" }

    deinit {
        do { try FileManager.default.removeItem(atPath: directory) } catch { return }
    }
}
