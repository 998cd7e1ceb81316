import Foundation

extension Date {
    /// Now, as precisely as the database keeps it.
    static var inMilliseconds: Date { Date(milliseconds: Date().milliseconds) }

    /// Milliseconds since 1970, as the database keeps times.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }
}
