import Foundation
import Reporting
import SandboxModel
import Service

/// What a submission's runs came to, in Judge0's terms.
struct Judgement: Sendable {
    var status: Judge0Status
    /// Processor time, on the average of the runs; `nil` when none has run to its end.
    var time: Duration?
    /// Real time of the last run.
    var wallTime: Duration?
    /// Peak memory, on the average of the runs.
    var memory: ByteCount?
    var stdout: [UInt8] = []
    var stderr: [UInt8] = []
    var compileOutput: [UInt8] = []
    var message: String?
    var exitCode: Int32?
    var exitSignal: Int32?
    var startedAt: Date?
    var finishedAt: Date?
    /// The run that decided, whose native record is shown.
    var decisive: ExecutionDetails

    /// Judges the runs of one submission; the first that was not accepted decides.
    ///
    /// - Parameters:
    ///   - runs: Its executions, in order; at least one.
    ///   - submission: What was asked for.
    /// - Throws: `DecodingError` for a record that cannot be read.
    init(_ runs: [ExecutionDetails], of submission: Judge0Submission) throws {
        guard let first = runs.first else {
            throw ServiceError(.internal, "a submission has no execution")
        }
        self.init(status: .inQueue, startedAt: first.record.startedAt, decisive: first)
        var times: [Double] = []
        var memories: [Int] = []
        for run in runs {
            guard run.record.state.isFinal else {
                let hasBegun = runs.contains { $0.record.state != .queued }
                self = Self(
                    status: hasBegun ? .processing : .inQueue,
                    startedAt: first.record.startedAt,
                    decisive: run,
                )
                return
            }
            self = try Self(run, of: submission)
            if let time { times.append(time.inSeconds) }
            if let memory { memories.append(memory.bytes) }
            guard status == .accepted else { break }
        }
        startedAt = first.record.startedAt
        if !times.isEmpty { time = .seconds(times.reduce(0, +) / Double(times.count)) }
        if !memories.isEmpty { memory = .bytes(memories.reduce(0, +) / memories.count) }
    }

    private init(status: Judge0Status, startedAt: Date?, decisive: ExecutionDetails) {
        self.status = status
        self.startedAt = startedAt
        self.decisive = decisive
    }

    /// Judges one run that is over.
    private init(_ run: ExecutionDetails, of submission: Judge0Submission) throws {
        self.init(status: .internalError, startedAt: run.record.startedAt, decisive: run)
        finishedAt = run.record.finishedAt
        guard let data = run.result else {
            message = run.refusal?.message ?? "the execution was \(run.record.state.rawValue)"
            return
        }
        let result = try ResultJSON.decode(data)
        if let compile = result.compile { compileOutput = compile.stdout.bytes + compile.stderr.bytes }
        guard result.verdict != .compileFailed else {
            status = .compilationError
            if [.wallTime, .cpuTime].contains(result.compile?.limitExceeded?.limit) {
                compileOutput = Array("Compilation time limit exceeded.".utf8)
            }
            return
        }
        time = result.usage.cpuTime
        wallTime = result.usage.wallTime
        memory = result.usage.memory
        stdout = result.stdout.bytes
        stderr = result.stderr.bytes
        exitCode = 0
        judge(result, submission)
    }

    private mutating func judge(_ result: ExecutionResult, _ submission: Judge0Submission) {
        switch result.verdict {
        case .ok:
            // The extra time lets a program end; it does not make it one that was in time.
            if submission.cpuTimeLimit > 0, result.usage.cpuTime.inSeconds > submission.cpuTimeLimit {
                status = .timeLimitExceeded
                message = "Time limit exceeded"
            } else {
                status = submission.accepts(stdout) ? .accepted : .wrongAnswer
            }
        case .cpuTimeExceeded:
            status = .timeLimitExceeded
            message = "Time limit exceeded"
        case .wallTimeExceeded:
            status = .timeLimitExceeded
            message = "Time limit exceeded (wall clock)"
        case .outputLimitExceeded:
            // There the output goes to a file, which the kernel keeps to its size.
            status = .fileSizeExceeded
            exitSignal = 25
            message = result.errorMessage
        case .memoryExceeded:
            status = .otherRuntimeError
            exitSignal = 9
            message = result.errorMessage
        case .nonzeroExit, .signaled, .processLimitExceeded, .diskLimitExceeded, .fileSizeExceeded,
            .policyViolation:
            judgeEnd(result, submission)
        case .compileFailed, .cancelled, .internalError:
            status = .internalError
            message = result.errorMessage
        }
    }

    /// Judges a program that ended by itself or by a signal.
    private mutating func judgeEnd(_ result: ExecutionResult, _ submission: Judge0Submission) {
        switch result.termination {
        case .exited(let code):
            status = submission.isUnstartable(exitCode: code) ? .execFormatError : .nonzeroExit
            exitCode = code
            message = "Exited with error status \(code)"
        case .signaled(let number):
            status = Judge0Status(signal: number)
            exitSignal = number
            message = "Caught fatal signal \(number)"
        case nil:
            status = .internalError
            message = result.errorMessage
        }
        // Which limit it met is more than Judge0 can say.
        if result.verdict != .nonzeroExit, result.verdict != .signaled, let known = result.errorMessage {
            message = known
        }
    }
}
