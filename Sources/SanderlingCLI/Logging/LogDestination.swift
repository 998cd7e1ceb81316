import Foundation
import LinuxKernel
import RunClient

/// Where log lines go: a file that grows at its end, or a stream.
final class LogDestination: Sendable {
    private let write: @Sendable (String) -> Void

    /// The command's standard error.
    static let standardError = LogDestination { StandardStream.error.tell($0) }

    /// A file, made with the directories on the way to it.
    init(path: String) throws {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true,
        )
        do throws(KernelError) {
            // Lines are appended with one write each, so that two batches can share a file.
            let number = try File.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644).release()
            write = { StandardStream(descriptor: number).tell($0) }
        } catch {
            throw Mistake("the log file \(path) cannot be written: \(SystemFailure.reason(error.number))")
        }
    }

    private init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    /// Adds a line.
    func append(_ line: String) { write(line) }
}
