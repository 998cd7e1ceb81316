import Foundation
import NIOCore
import SandboxModel

@testable import Judge0
@testable import ServiceHTTP

/// What callers of the service send.
enum BodyParsers {
    /// No path leads out, and no more comes out than the bounds allow.
    static func zip(_ bytes: [UInt8]) {
        let bounds = ZIPArchive.Bounds(size: 1 << 20, entries: 100)
        guard let archive = try? ZIPArchive(bytes, bounds: bounds) else { return }
        var size = 0
        for file in archive.files {
            let names = file.path.split(separator: "/", omittingEmptySubsequences: false)
            precondition(!names.contains(where: { ["", ".", ".."].contains($0) }), "a path leads elsewhere")
            precondition(!file.path.utf8.contains(0), "a path holds a NUL")
            size += file.contents.count
        }
        precondition(size <= bounds.size && archive.files.count <= bounds.entries, "more than the bounds")
    }

    static func json(_ bytes: [UInt8]) {
        _ = try? JSONBody.decode(ExecutionBody.self, from: ByteBuffer(bytes: bytes))
        _ = try? JSONDecoder().decode(SubmissionMembers.self, from: Data(bytes))
        _ = try? JSONDecoder().decode(BatchMembers.self, from: Data(bytes))
    }
}
