import Foundation
import Reporting
import SandboxModel
import Service
import ServiceHTTP

/// A submission as it is told to Judge0's clients.
struct SubmissionAnswer {
    let loaded: LoadedSubmission
    let judgement: Judgement
    /// Names of languages with the versions that are here, by number.
    let languages: LanguageList?
    let isBase64: Bool

    init(_ loaded: LoadedSubmission, languages: LanguageList? = nil, isBase64: Bool) throws {
        self.loaded = loaded
        self.languages = languages
        self.isBase64 = isBase64
        judgement = try Judgement(loaded.runs, of: loaded.submission)
    }

    /// A text of the submission that is not UTF-8, where that is needed.
    struct ConversionError: Error {}

    /// The fields that are asked for.
    ///
    /// - Throws: ``ConversionError``.
    func json(_ fields: FieldSelection) throws -> JSONValue {
        .object(try fields.names.map { (key: $0, value: try value($0)) })
    }

    private var first: ExecutionDetails { loaded.first }

    private func value(_ name: String) throws -> JSONValue {
        let asked = loaded.submission
        switch name {
        case "token": return .string(loaded.token.description)
        case "status": return judgement.status.json
        case "status_id": return .integer(judgement.status.rawValue)
        case "language_id": return .integer(asked.languageID)
        case "language": return language
        case "time": return Self.decimal(judgement.time?.inSeconds)
        case "wall_time": return Self.decimal(judgement.wallTime?.inSeconds)
        case "memory": return JSONValue(judgement.memory) { .integer($0.bytes >> 10) }
        case "exit_code": return JSONValue(judgement.exitCode) { .integer(Int($0)) }
        case "exit_signal": return JSONValue(judgement.exitSignal) { .integer(Int($0)) }
        case "number_of_runs": return .integer(asked.numberOfRuns)
        case "cpu_time_limit": return Self.decimal(asked.cpuTimeLimit)
        case "cpu_extra_time": return Self.decimal(asked.cpuExtraTime)
        case "wall_time_limit": return Self.decimal(asked.wallTimeLimit)
        case "memory_limit": return .integer(asked.memoryLimit)
        case "stack_limit": return .integer(asked.stackLimit)
        case "max_processes_and_or_threads": return .integer(asked.processes)
        case "max_file_size": return .integer(asked.maxFileSize)
        case "enable_per_process_and_thread_time_limit", "enable_per_process_and_thread_memory_limit":
            return .bool(false)
        case "compiler_options": return JSONValue(asked.compilerOptions, JSONValue.string)
        case "command_line_arguments": return JSONValue(asked.commandLineArguments, JSONValue.string)
        case "redirect_stderr_to_stdout": return .bool(asked.redirectsStandardError)
        case "callback_url": return JSONValue(asked.callbackURL, JSONValue.string)
        case "enable_network": return .bool(asked.enablesNetwork)
        case "additional_files":
            return JSONValue(asked.additionalFiles) { .string(MIMEBase64.encode($0)) }
        case "sanderling": return try native
        default: return try text(name) ?? time(name)
        }
    }

    private func text(_ name: String) throws -> JSONValue? {
        let program = first.submission.program
        switch name {
        case "source_code": return try text(loaded.kind.flatMap { ProgramShape($0).source(of: program) })
        case "stdin": return try text(first.submission.stdin.isEmpty ? nil : first.submission.stdin)
        case "expected_output": return try text(loaded.submission.expectedOutput.map { Array($0) })
        case "stdout": return try text(judgement.stdout.isEmpty ? nil : judgement.stdout)
        case "stderr": return try text(judgement.stderr.isEmpty ? nil : judgement.stderr)
        case "compile_output":
            return try text(judgement.compileOutput.isEmpty ? nil : judgement.compileOutput)
        case "message": return try text(judgement.message.map { Array($0.utf8) })
        default: return nil
        }
    }

    private func text(_ bytes: [UInt8]?) throws -> JSONValue {
        guard let bytes else { return .null }
        if isBase64 { return .string(MIMEBase64.encode(bytes)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ConversionError() }
        return .string(text)
    }

    private func time(_ name: String) -> JSONValue {
        let record = first.record
        let finishedAt = judgement.finishedAt
        return switch name {
        case "created_at", "queued_at": .time(record.createdAt)
        case "started_at": JSONValue(judgement.startedAt, JSONValue.time)
        case "finished_at": JSONValue(finishedAt, JSONValue.time)
        case "updated_at": .time(finishedAt ?? judgement.startedAt ?? record.createdAt)
        default: .null
        }
    }

    private var language: JSONValue {
        let id = loaded.submission.languageID
        let name = languages?[id]?.name ?? Judge0Language.with(id: id)?.title ?? ""
        return ["id": .integer(id), "name": .string(name)]
    }

    /// A number as Judge0 writes decimals: a text, with at least one digit after the point.
    static func decimal(_ number: Double?) -> JSONValue {
        guard let number else { return .null }
        var text = String(format: "%.3f", number)
        while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
        return .string(text)
    }

    /// What the service itself says of the run that decided.
    private var native: JSONValue {
        get throws {
            let run = judgement.decisive
            var members: [(key: String, value: JSONValue)] = [
                ("executions", .array(loaded.runs.map { .string($0.record.id.description) })),
                ("state", .string(run.record.state.rawValue)),
            ]
            if let data = run.result {
                let shown = [
                    "verdict", "error_message", "evidence", "usage", "limits", "limits_hit", "isolation",
                    "violations",
                ]
                members += try ResultJSON.decode(data).jsonMembers.filter { shown.contains($0.key) }
            }
            return .object(members)
        }
    }
}
