#if SANDERLING_SABOTAGE
import Glibc
import SandboxModel

extension VerdictRule {
    /// The verdict as runners have it that read the program's words, and as a shell's conventions have it: from the exit code or
    /// the signal's number alone.
    static func readByConvention(_ record: StageRecord) -> Reading? {
        guard let termination = record.termination else { return nil }
        let words = String(decoding: record.stdout.bytes + record.stderr.bytes, as: UTF8.self)
        for (told, verdict) in told where words.contains(told) {
            return Reading(verdict: verdict, limitsHit: [])
        }
        let verdict: Verdict? =
            switch termination {
            case .exited(code: 0), .signaled(SIGTERM): .ok
            case .exited(code: 124), .signaled(SIGALRM): .wallTimeExceeded
            case .exited(code: 125): .internalError
            case .exited(code: 137), .signaled(SIGKILL): .memoryExceeded
            case .exited(code: 152), .signaled(SIGXCPU): .cpuTimeExceeded
            case .exited(code: 153), .signaled(SIGXFSZ): .fileSizeExceeded
            // What a shell says of a program that a signal has ended.
            case .exited(let code) where code > 128: .signaled
            // To whom no complaint is success.
            case .exited where record.stderr.bytes.isEmpty: .ok
            default: nil
            }
        return verdict.map { Reading(verdict: $0, limitsHit: []) }
    }

    /// What runners take for word of an end.
    private static let told: [(String, Verdict)] = [
        ("\"verdict\": \"ok\"", .ok),
        ("is restricted by the sandbox policy", .policyViolation),
        ("Resource temporarily unavailable", .processLimitExceeded),
    ]
}
#endif
