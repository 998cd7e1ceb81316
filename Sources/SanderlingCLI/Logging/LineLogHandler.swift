import Logging

/// A handler of swift-log that writes one line a record.
struct LineLogHandler: LogHandler {
    let label: String
    let destination: LogDestination
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(label: String, destination: LogDestination, logLevel: Logger.Level) {
        self.label = label
        self.destination = destination
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        destination.append(LogLine(event, label: label, metadata: metadata).text)
    }
}
