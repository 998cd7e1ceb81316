import Foundation

/// A directory that is gone once nobody holds it any more.
final class TemporaryDirectory: Sendable {
    let path = ServiceHarness.temporaryDirectory()

    init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
