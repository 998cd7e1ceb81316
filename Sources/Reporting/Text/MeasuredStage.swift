package import SandboxModel

/// The stage whose consumption a report shows.
package struct MeasuredStage {
    /// Which of the two it is.
    package let stage: Stage
    /// What it consumed.
    package let usage: Usage
    /// Its ceilings.
    package let limits: Limits
    /// The limit that ended it, if one did.
    package let struck: LimitName?

    /// What a reader is told behind a number that is not the run stage's; nothing where it is.
    package var note: String { stage == .compile ? "compiling" : "" }
}

extension ExecutionResult {
    /// The run stage, or the compile stage of a program that was never started.
    package var measured: MeasuredStage {
        // A stage that was started took some time, however short.
        guard usage.wallTime == .zero, let compile else {
            return MeasuredStage(stage: .run, usage: usage, limits: limits, struck: limitThatStruck)
        }
        return MeasuredStage(
            stage: .compile,
            usage: compile.usage,
            limits: compile.limits,
            struck: compile.limitExceeded?.limit,
        )
    }

    private var limitThatStruck: LimitName? {
        switch verdict {
        case .wallTimeExceeded: .wallTime
        case .cpuTimeExceeded: .cpuTime
        case .memoryExceeded: .memory
        case .processLimitExceeded: .processes
        case .outputLimitExceeded: .output
        case .diskLimitExceeded: .disk
        case .fileSizeExceeded: .fileSize
        case .ok, .nonzeroExit, .signaled, .compileFailed, .policyViolation, .cancelled, .internalError: nil
        }
    }
}
