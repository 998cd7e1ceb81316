import Foundation
import Reporting
import SandboxModel
import Service

/// What came of a job, in Piston's words.
struct PistonResult: Sendable {
    /// The compile stage, when there was one.
    let compile: PistonStage?
    /// The run stage; `nil` when the program did not compile.
    let run: PistonStage?
    /// Ours: what Piston has no words for.
    let ours: JSONValue

    /// - Parameters:
    ///   - details: An execution that has finished.
    ///   - output: What the program wrote to both streams, in the order it came; `nil` when that is not known.
    /// - Throws: ``/Service/ServiceError`` when it has no result: it was refused, or the service was stopped.
    init(_ details: ExecutionDetails, output: [UInt8]? = nil) throws {
        guard let data = details.result else {
            if let refusal = details.refusal {
                throw ServiceError(.notReady, refusal.message, mend: refusal.mend)
            }
            throw ServiceError(
                .shuttingDown,
                "the execution did not finish: it is \(details.record.state.rawValue)",
                retryAfter: .seconds(5),
            )
        }
        let result = try ResultJSON.decode(data)
        compile = result.compile.map { PistonStage($0, of: result) }
        let hasRun = result.verdict != .compileFailed && !(result.compile != nil && result.termination == nil)
        run = hasRun ? PistonStage(result, output: output) : nil
        let left: Set = ["stdout", "stderr", "compile", "files", "samples"]
        let members = result.jsonMembers.filter { member in !left.contains { member.key.hasPrefix($0) } }
        let capped = details.submission.capped.map { capped in
            JSONValue.object([
                ("stage", .string(capped.stage.rawValue)), ("limit", .string(capped.limit)),
                ("requested", .number(capped.requested)), ("applied", .number(capped.applied)),
            ])
        }
        ours = .object(
            [("id", .string(details.record.id.description))] + members + [("capped", .array(capped))]
        )
    }

    /// The answer of `/execute`.
    func json(_ runtime: PistonRuntime) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = []
        if let compile { members.append(("compile", compile.json)) }
        if let stage = run ?? compile { members.append(("run", stage.json)) }
        members += [
            ("language", .string(runtime.language)), ("version", .string(runtime.version.description)),
            ("sanderling", ours),
        ]
        return .object(members)
    }
}

/// One stage, in Piston's words.
struct PistonStage: Sendable {
    let stdout: [UInt8]
    let stderr: [UInt8]
    let output: [UInt8]
    /// The exit code, or `nil` when the program did not exit by itself.
    let code: Int32?
    /// The signal that ended it, as `SIGKILL`.
    let signal: String?
    let message: String?
    /// `RE`, `SG`, `TO`, `OL`, `EL` or `XX`; `nil` when all is well.
    let status: String?
    private let usage: Usage

    /// The run stage.
    init(_ result: ExecutionResult, output: [UInt8]?) {
        stdout = result.stdout.bytes
        stderr = result.stderr.bytes
        self.output = output ?? stdout + stderr
        usage = result.usage
        let ending = Ending(result.verdict, result.termination, result.limitsHit, result.errorMessage)
        (status, message, code, signal) = (ending.status, ending.message, ending.code, ending.signal)
    }

    /// The compile stage.
    init(_ stage: StageResult, of result: ExecutionResult) {
        stdout = stage.stdout.bytes
        stderr = stage.stderr.bytes
        output = stdout + stderr
        usage = stage.usage
        let verdict: Verdict =
            switch stage.limitExceeded?.limit {
            case .wallTime: .wallTimeExceeded
            case .cpuTime: .cpuTimeExceeded
            case .memory: .memoryExceeded
            case .output: .outputLimitExceeded
            default: stage.termination.map { $0.signal == nil ? .nonzeroExit : .signaled } ?? .internalError
            }
        let isWell = stage.termination == .exited(code: 0)
        let hits = stage.limitExceeded.map { [$0] } ?? []
        let ending = Ending(
            isWell ? .ok : verdict,
            stage.termination,
            hits,
            isWell ? nil : result.errorMessage,
        )
        (status, message, code, signal) = (ending.status, ending.message, ending.code, ending.signal)
    }

    /// The stage as an object.
    var json: JSONValue {
        [
            "stdout": .string(String(decoding: stdout, as: UTF8.self)),
            "stderr": .string(String(decoding: stderr, as: UTF8.self)),
            "output": .string(String(decoding: output, as: UTF8.self)),
            "code": JSONValue(code) { .integer(Int($0)) },
            "signal": JSONValue(signal, JSONValue.string),
            "memory": .integer(usage.memory.bytes),
            "message": JSONValue(message, JSONValue.string),
            "status": JSONValue(status, JSONValue.string),
            "cpu_time": .integer(usage.cpuTime.milliseconds),
            "wall_time": .integer(usage.wallTime.milliseconds),
        ]
    }

    /// How a stage ended.
    private struct Ending {
        var status: String?
        var message: String?
        var code: Int32?
        var signal: String?

        init(_ verdict: Verdict, _ termination: Termination?, _ hits: [LimitHit], _ words: String?) {
            switch verdict {
            case .ok: code = 0
            case .wallTimeExceeded: kill("TO", "Time limit exceeded (wall clock)")
            case .cpuTimeExceeded: kill("TO", "Time limit exceeded")
            case .memoryExceeded: kill("SG", "Memory limit exceeded")
            case .outputLimitExceeded:
                let isError = hits.contains { $0.limit == .output && $0.evidence.value.hasPrefix("stderr") }
                kill(isError ? "EL" : "OL", isError ? "stderr length exceeded" : "stdout length exceeded")
            case .cancelled: kill("SG", "Cancelled")
            case .internalError: (status, message) = ("XX", words)
            case .nonzeroExit, .signaled, .processLimitExceeded, .diskLimitExceeded, .fileSizeExceeded,
                .policyViolation, .compileFailed:
                end(termination, isPlain: verdict == .nonzeroExit || verdict == .signaled, words)
            }
        }

        private mutating func kill(_ status: String, _ message: String) {
            (self.status, self.message, signal) = (status, message, "SIGKILL")
        }

        /// A program that ended by itself; where a limit of ours or the policy had a hand in it, we say so.
        private mutating func end(_ termination: Termination?, isPlain: Bool, _ words: String?) {
            switch termination {
            case .exited(let code):
                self.code = code
                (status, message) = ("RE", isPlain ? "Exited with error status \(code)" : words)
            case .signaled(let number):
                signal = signalName(number)
                (status, message) = ("SG", isPlain ? "Caught fatal signal \(number)" : words)
            case nil: (status, message) = ("XX", words)
            }
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded.
    fileprivate var milliseconds: Int { Int((inSeconds * 1_000).rounded()) }
}
