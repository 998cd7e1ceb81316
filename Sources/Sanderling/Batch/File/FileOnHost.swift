import Foundation
import SandboxModel

/// A file that the batch file names; read on the host, before anything runs.
struct FileOnHost {
    /// What can be wrong with it, for messages.
    struct Failure: Error {
        let message: String
    }

    let path: String

    init(_ path: String) { self.path = path }

    /// What it is, symbolic links followed, or `nil` when there is nothing.
    var kind: FileAttributeType? { attributes?[.type] as? FileAttributeType }

    /// Whether both are one file, by whatever names.
    func isSame(as other: Self) -> Bool {
        guard let own = attributes, let others = other.attributes else { return false }
        return own[.systemFileNumber] as? Int == others[.systemFileNumber] as? Int
            && own[.systemNumber] as? Int == others[.systemNumber] as? Int
    }

    /// Its contents.
    ///
    /// Only regular files are read, and none that is larger than a program's file can sensibly be: a device or a pipe
    /// would never end.
    func contents() throws(Failure) -> [UInt8] {
        guard let attributes else { throw Failure(message: "no such file: \(path.quoted)") }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw Failure(message: "\(path.quoted) is not a regular file")
        }
        let size = (attributes[.size] as? Int) ?? 0
        guard size <= Self.largest.bytes else {
            throw Failure(message: "\(path.quoted) is larger than \(Self.largest.written)")
        }
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Failure(message: "\(path.quoted) cannot be read: \(error.localizedDescription)")
        }
    }

    private static let largest = ByteCount.megabytes(64)

    private var attributes: [FileAttributeKey: Any]? {
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        return try? FileManager.default.attributesOfItem(atPath: resolved)
    }
}

extension BatchReader {
    /// A path of the batch file, which starts from the file's own directory unless it is absolute.
    func absolute(_ path: String) -> String {
        URL(filePath: path, relativeTo: URL(filePath: directory, directoryHint: .isDirectory))
            .standardizedFileURL.path(percentEncoded: false)
    }
}
