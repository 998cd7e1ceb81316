package import SandboxModel

/// What `sanderling run` says and answers at the end.
///
/// `docs/verdicts.md` holds the same table.
package struct RunConclusion: Hashable {
    /// The command's exit code.
    package let exitCode: Int32
    /// Why, on one line; `nil` for ``Verdict/ok``.
    package let reason: String?
    /// What the isolation lacked, by the caller's leave, on one line; `nil` for nothing.
    private let lack: String?

    /// The conclusion from a program's record.
    package init(_ result: ExecutionResult) {
        let signaled = result.termination?.signal.map { 128 + $0 }
        switch result.verdict {
        case .ok: exitCode = 0
        case .nonzeroExit: exitCode = result.exitCode
        case .signaled: exitCode = signaled ?? ExitStatus.failed
        case .compileFailed: exitCode = Self.compilerCode(result.compile)
        default: exitCode = result.verdict.commandExitCode ?? ExitStatus.failed
        }
        let missing = result.isolation.missing.map(\.rawValue).joined(separator: ", ")
        lack =
            result.isolation.enforcement == .partial ? "isolation was partial, without \(missing)" : nil
        let message = (result.errorMessage ?? result.evidence.map { "\($0.source): \($0.value)" })?.onOneLine
        reason =
            result.verdict == .ok
            ? nil : "\(result.verdict.rawValue): \(message ?? "no reason was recorded")"
    }

    /// Says on standard error what there is to say.
    package func tell() {
        for line in [lack, reason].compactMap(\.self) { StandardStream.error.tell("sanderling: \(line)") }
    }

    /// The code of a compile stage that failed: the compiler's own, or that of the limit that ended it.
    private static func compilerCode(_ stage: StageResult?) -> Int32 {
        if let limit = stage?.limitExceeded?.limit {
            return limit == .wallTime || limit == .cpuTime ? ExitStatus.timedOut : ExitStatus.overLimit
        }
        return switch stage?.termination {
        case .exited(let code) where code != 0: code
        case .signaled(let number): 128 + number
        // A compiler that says it succeeded and leaves nothing to run.
        case .exited: 1
        case nil: ExitStatus.failed
        }
    }
}
