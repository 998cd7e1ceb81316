package import Foundation
import Glibc

extension Date {
    /// The time as RFC 3339 writes it, in UTC and to the millisecond: `2026-11-27T07:38:57.839Z`; gmtime(3), strftime(3).
    ///
    /// There are four for each execution, of which Foundation's own took 3 µs each in a profile of the service.
    package var timestamp: String {
        let fraction = (milliseconds % 1_000 + 1_000) % 1_000
        var seconds = time_t((milliseconds - fraction) / 1_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            _ = strftime(buffer.baseAddress, buffer.count, "%Y-%m-%dT%H:%M:%S", &parts)
            return buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        return "\(text).\(String(1_000 + fraction).dropFirst())Z"
    }
}
