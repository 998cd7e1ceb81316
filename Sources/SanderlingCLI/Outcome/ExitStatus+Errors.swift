import RunClient
import Sanderling
import Service

extension ExitStatus {
    /// The code for an error that ended a command.
    static func code(for error: any Error) -> Int32 {
        switch error {
        case is Mistake: usage
        case is BatchFileError, is ConfigurationMistakes: badFile
        case is CancellationError: interrupted
        default: code(forFailure: error)
        }
    }
}
