package import Foundation
import SandboxModel

/// What an execution, or a batch of them, is called: a UUID of version 7, whose order is that of the times they came.
package struct ExecutionID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The UUID in lower case.
    package let description: String

    /// A new id; ids made in one millisecond have no order (RFC 9562, section 5.7).
    package init(at time: Date = Date()) {
        let milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1_000))
        var generator = SystemRandomNumberGenerator()
        let high = (milliseconds << 16) | 0x7000 | (generator.next() & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (generator.next() & 0x3FFF_FFFF_FFFF_FFFF)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (place, digit) in (high.hexadecimal + low.hexadecimal).utf8.enumerated() {
            if place >= 8, place <= 20, place.isMultiple(of: 4) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        description = String(decoding: text, as: UTF8.self)
    }

    /// The id that is written so, or `nil` when that is none; upper case is taken too.
    package init?(_ text: String) {
        guard text.utf8.count == 36, UUID(uuidString: text) != nil else { return nil }
        description = text.lowercased()
    }

    package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}
