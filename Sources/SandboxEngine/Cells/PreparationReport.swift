import LaunchProtocol
package import Logging
import Metrics
import SandboxModel

/// Tells of what could not be made ready ahead of need.
///
/// No result does: programs run all the same, and begin later.
struct PreparationReport: Sendable {
    /// What was to be ready.
    enum Subject: String {
        case cell
        case interpreter
    }

    private let logger: Logger

    init(to logger: Logger) { self.logger = logger }

    /// Counts that one could not be made, and logs why.
    func failed(_ subject: Subject, for kind: CellKind, _ error: any Error) {
        Counter(label: "sanderling.preparations_failed", dimensions: [("subject", subject.rawValue)])
            .increment()
        let executable = kind.interpreter.map { " of \($0.command.executable)" } ?? ""
        let reason =
            (error as? LaunchFailure).map { LaunchDiagnosis.error(for: $0).description } ?? "\(error)"
        logger.warning(
            "nothing is ready ahead\(executable): programs begin later",
            metadata: ["subject": "\(subject.rawValue)", "family": "\(kind.family)", "reason": "\(reason)"],
        )
    }
}

extension Logger {
    /// Tells nobody.
    package static let silent = Logger(label: "sanderling") { _ in SwiftLogNoOpLogHandler() }
}
