import Reporting

/// How far a submission is or how it ended, in Judge0's words.
enum Judge0Status: Int, Sendable, Hashable, CaseIterable {
    case inQueue = 1
    case processing, accepted, wrongAnswer, timeLimitExceeded, compilationError
    case segmentationFault, fileSizeExceeded, arithmeticFault, aborted, nonzeroExit, otherRuntimeError
    case internalError, execFormatError

    var description: String {
        switch self {
        case .inQueue: "In Queue"
        case .processing: "Processing"
        case .accepted: "Accepted"
        case .wrongAnswer: "Wrong Answer"
        case .timeLimitExceeded: "Time Limit Exceeded"
        case .compilationError: "Compilation Error"
        case .segmentationFault: "Runtime Error (SIGSEGV)"
        case .fileSizeExceeded: "Runtime Error (SIGXFSZ)"
        case .arithmeticFault: "Runtime Error (SIGFPE)"
        case .aborted: "Runtime Error (SIGABRT)"
        case .nonzeroExit: "Runtime Error (NZEC)"
        case .otherRuntimeError: "Runtime Error (Other)"
        case .internalError: "Internal Error"
        case .execFormatError: "Exec Format Error"
        }
    }

    /// Whether nothing more will come of it.
    var isFinal: Bool { self != .inQueue && self != .processing }

    /// The status of a program that a signal ended.
    init(signal: Int32) {
        self =
            switch signal {
            case 6: .aborted
            case 8: .arithmeticFault
            case 11: .segmentationFault
            case 25: .fileSizeExceeded
            default: .otherRuntimeError
            }
    }

    var json: JSONValue { ["id": .integer(rawValue), "description": .string(description)] }
}
