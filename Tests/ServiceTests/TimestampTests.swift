import Foundation
import Service
import Testing

struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"), (1_795_765_137.839, "2026-11-27T07:38:57.839Z"),
            (253_402_300_799.999, "9999-12-31T23:59:59.999Z"),
        ]
    )
    func `a time is written as RFC 3339 has it`(seconds: Double, text: String) {
        #expect(Date(timeIntervalSince1970: seconds).timestamp == text)
    }

    @Test func `Foundation writes the same`() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // Days and a half, through some leap years; thousandths that a Double holds exactly.
        for day in stride(from: -20_000, to: 60_000, by: 97) {
            let time = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_200.125)
            #expect(time.timestamp == time.formatted(style))
        }
    }
}
