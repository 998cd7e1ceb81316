import Logging
import Sanderling

extension LoggingOptions {
    /// Sets the process's logging up; once, before anything logs.
    ///
    /// - Parameter file: A log file and the least grave level that goes into it.
    func bootstrap(file: (destination: LogDestination, level: Logger.Level)? = nil) {
        Self.bootstrap(verbose: verbose, file: file)
    }

    /// As ``bootstrap(file:)``, without options; by default nothing is told.
    static func bootstrap(
        verbose: Bool = false,
        file: (destination: LogDestination, level: Logger.Level)? = nil,
    ) {
        LoggingSystem.bootstrap { label in
            var handlers: [any LogHandler] = []
            if verbose {
                handlers.append(
                    LineLogHandler(label: label, destination: .standardError, logLevel: .debug)
                )
            }
            if let file {
                handlers.append(
                    LineLogHandler(label: label, destination: file.destination, logLevel: file.level)
                )
            }
            return handlers.isEmpty ? SwiftLogNoOpLogHandler() : MultiplexLogHandler(handlers)
        }
    }
}

extension BatchLogging.Level {
    /// The level in swift-log.
    var loggerLevel: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}
