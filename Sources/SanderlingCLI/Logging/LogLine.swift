import Foundation
import Logging
import RunClient

/// One line of a log: time, level, label, message, then metadata by key.
///
/// Values are on the one line whatever they hold: what could end it or steer a terminal is escaped.
struct LogLine {
    let text: String

    init(_ event: LogEvent, label: String, metadata: Logger.Metadata, time: Date = Date()) {
        var all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        if let error = event.error { all["error"] = "\(error)" }
        let values = all.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.shown("\($0.value)"))" }
        let stamp = time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        text =
            "\(stamp) \(event.level) \(label): \("\(event.message)".onOneLine)\(values.joined())"
    }

    private static func shown(_ value: String) -> String {
        let value = value.onOneLine
        guard value.isEmpty || value.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else {
            return value
        }
        return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
