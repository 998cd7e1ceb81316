#if SANDERLING_SABOTAGE
import Glibc
import SandboxModel

extension VerdictRule {
    /// The verdict as a shell's conventions have it, from the exit code or the signal's number alone.
    static func readByConvention(_ record: StageRecord) -> Reading? {
        guard let termination = record.termination else { return nil }
        let verdict: Verdict? =
            switch termination {
            case .exited(code: 0), .signaled(SIGTERM): .ok
            case .exited(code: 124), .signaled(SIGALRM): .wallTimeExceeded
            case .exited(code: 125): .internalError
            case .exited(code: 137), .signaled(SIGKILL): .memoryExceeded
            case .exited(code: 152), .signaled(SIGXCPU): .cpuTimeExceeded
            case .exited(code: 153), .signaled(SIGXFSZ): .fileSizeExceeded
            default: nil
            }
        return verdict.map { Reading(verdict: $0, limitsHit: []) }
    }
}
#endif
