import Foundation

/// A directory of a test's own, removed with its owner.
final class TemporaryDirectory: Sendable {
    let path = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        .appending("/sanderling-catalogue-\(UUID().uuidString)")

    /// Writes a file, with the directories on the way to it.
    func write(_ text: String, to name: String) throws {
        let url = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true,
        )
        try Data(text.utf8).write(to: url)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
