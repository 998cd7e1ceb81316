import SandboxModel

extension Verdict {
    /// The classes that give the verdict its colour: one hue for each kind of ending, one strength within it.
    var colorClass: String {
        switch self {
        case .ok: "ok"
        case .wallTimeExceeded: "clock"
        case .cpuTimeExceeded: "clock s2"
        case .memoryExceeded: "limit"
        case .processLimitExceeded: "limit s2"
        case .outputLimitExceeded: "limit s3"
        case .diskLimitExceeded: "limit s4"
        case .fileSizeExceeded: "limit s5"
        case .nonzeroExit: "fault"
        case .signaled: "fault s2"
        case .compileFailed: "fault s3"
        case .policyViolation: "policy"
        case .cancelled: "none s2"
        case .internalError: "none"
        }
    }
}
