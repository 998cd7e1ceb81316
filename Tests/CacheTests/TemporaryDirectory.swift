import Foundation

/// A directory of a test's own, removed with its owner.
final class TemporaryDirectory: Sendable {
    let path = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        .appending("/sanderling-cache-\(UUID().uuidString)")

    /// The names below `directory` in it, however deep.
    func names(in directory: String) -> [String] {
        (FileManager.default.subpaths(atPath: path + "/" + directory) ?? []).sorted()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
