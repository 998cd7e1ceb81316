import Crypto
import Foundation
import Reporting
import SandboxModel

/// A line of the audit log with its place in the chain.
///
/// Its last member, `hash`, is the SHA-256 of all that stands before it; `previous`, before that, is the hash of the
/// line before. So a line that is changed or taken out no longer fits.
struct AuditLine {
    let head: AuditHead
    let bytes: [UInt8]

    private static let seam = Array(",\"hash\":\"".utf8)

    /// The line after `previous` that says `entry`.
    init(_ entry: [(key: String, value: JSONValue)], after previous: AuditHead) {
        let number = previous.number + 1
        let members = [("number", .integer(number))] + entry + [("previous", .string(previous.hash))]
        var bytes = JSONValue.object(members).serialized()
        bytes.removeLast()
        let hash = Self.hash(bytes[...])
        self.bytes = bytes + Self.seam + Array("\(hash)\"}\n".utf8)
        head = AuditHead(number: number, hash: hash)
    }

    /// Reads a line without its newline, or says what is wrong with it.
    static func read(_ line: Data) -> Result<(number: Int, previous: String, hash: String), Fault> {
        struct Chain: Decodable {
            var number: Int
            var previous: String
            var hash: String
        }
        guard let chain = try? JSONDecoder().decode(Chain.self, from: line) else {
            return .failure(.unreadable)
        }
        let tail = Self.seam.count + chain.hash.utf8.count + 2
        guard line.count > tail, hash(Array(line.dropLast(tail))[...]) == chain.hash else {
            return .failure(.changed(number: chain.number))
        }
        return .success((chain.number, chain.previous, chain.hash))
    }

    /// What can be wrong with one line.
    enum Fault: Error {
        case unreadable
        case changed(number: Int)
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> String {
        SHA256.hash(data: bytes).hexadecimal
    }
}
