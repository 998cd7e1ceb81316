/// Our reading of how an execution ended, against its limits and its policy.
///
/// Each verdict other than ``ok`` carries ``Evidence``; `docs/verdicts.md` holds the table.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// The program exited 0 within every limit.
    case ok
    /// The program exited by itself with a code other than 0.
    case nonzeroExit = "nonzero_exit"
    /// A signal ended the program, and no limit of ours sent it.
    case signaled
    /// The wall clock ran out and we killed the program.
    case wallTimeExceeded = "wall_time_exceeded"
    /// The processor-time clock of the whole tree ran out and we killed the program.
    case cpuTimeExceeded = "cpu_time_exceeded"
    /// The kernel's out-of-memory killer struck in the sandbox's cgroup, or we killed it at its memory ceiling.
    case memoryExceeded = "memory_exceeded"
    /// A new process or thread was refused at the ceiling, and the program then failed.
    case processLimitExceeded = "process_limit_exceeded"
    /// A stream reached its ceiling and we killed the program.
    case outputLimitExceeded = "output_limit_exceeded"
    /// The writable files were found at their ceiling, and the program then failed.
    case diskLimitExceeded = "disk_limit_exceeded"
    /// One file was found at its ceiling, and the program then failed.
    case fileSizeExceeded = "file_size_exceeded"
    /// The program ended on an action that the policy refuses.
    case policyViolation = "policy_violation"
    /// The compile stage failed; the program never ran.
    case compileFailed = "compile_failed"
    /// The caller cancelled the execution.
    case cancelled
    /// Sanderling itself failed; nothing is known of the program.
    case internalError = "internal_error"

    /// The coarse reading that reports give next to the verdict.
    public var status: Status {
        switch self {
        case .ok: .success
        case .wallTimeExceeded, .cpuTimeExceeded: .timeout
        case .internalError: .setupError
        default: .executionError
        }
    }

    /// Whether a clock ended the execution.
    public var timedOut: Bool { status == .timeout }

    /// The exit code of `sanderling run` in text form, for verdicts whose code is not the program's own.
    public var commandExitCode: Int32? {
        switch self {
        case .ok, .nonzeroExit, .signaled, .compileFailed: nil
        case .wallTimeExceeded, .cpuTimeExceeded: 124
        case .memoryExceeded, .processLimitExceeded, .outputLimitExceeded, .diskLimitExceeded,
            .fileSizeExceeded:
            137
        case .policyViolation: 126
        case .cancelled: 130
        case .internalError: 125
        }
    }
}

/// A coarse reading of a ``Verdict``.
public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    /// The program exited 0.
    case success
    /// A clock ended the program.
    case timeout
    /// The program ended in any other way.
    case executionError = "execution_error"
    /// The program could not be started.
    case setupError = "setup_error"
}

/// How the program's main process ended, as wait(2) reported it.
public enum Termination: Sendable, Hashable {
    /// It exited by itself.
    case exited(code: Int32)
    /// A signal ended it.
    case signaled(Int32)

    /// The program's own exit code, or -1 when it did not exit by itself.
    public var exitCode: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled: -1
        }
    }

    /// The number of the signal that ended it, if one did.
    public var signal: Int32? {
        switch self {
        case .exited: nil
        case .signaled(let number): number
        }
    }
}
