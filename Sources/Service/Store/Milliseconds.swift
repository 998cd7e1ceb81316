package import Foundation
import Glibc

extension Date {
    /// Now, as precisely as the database keeps it.
    static var inMilliseconds: Date { Date(milliseconds: Date().milliseconds) }

    /// Milliseconds since 1970, as the database keeps times.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }

    /// The time as RFC 3339 writes it, in UTC and with milliseconds: `2026-11-27T07:38:57.839Z`.
    ///
    /// There are four for each execution, and Foundation takes ten times as long for one.
    package var timestamp: String {
        let (seconds, fraction) = milliseconds.quotientAndFloorRemainder(dividingBy: 1_000)
        var time = time_t(seconds)
        var parts = tm()
        guard gmtime_r(&time, &parts) != nil else {
            return formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func write(_ value: Int, _ digits: Int, _ after: Unicode.Scalar) {
            let written = String(value).utf8
            for _ in 0..<max(0, digits - written.count) { text.append(UInt8(ascii: "0")) }
            text += written
            text.append(UInt8(ascii: after))
        }
        write(Int(parts.tm_year) + 1_900, 4, "-")
        write(Int(parts.tm_mon) + 1, 2, "-")
        write(Int(parts.tm_mday), 2, "T")
        write(Int(parts.tm_hour), 2, ":")
        write(Int(parts.tm_min), 2, ":")
        write(Int(parts.tm_sec), 2, ".")
        write(Int(fraction), 3, "Z")
        return String(decoding: text, as: UTF8.self)
    }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }
}

extension Int64 {
    /// The quotient rounded down, and what remains, which is never negative.
    fileprivate func quotientAndFloorRemainder(dividingBy divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
