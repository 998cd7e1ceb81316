import Foundation
import HTTPTypes
import Languages
import Reporting
import SandboxModel
import Service

/// A request of Piston's that was read: what to run in which runtime.
struct PistonJob: Sendable {
    let runtime: PistonRuntime
    let request: SubmissionRequest

    /// What a program gets to run in when its request does not say; Piston's own defaults.
    private static let defaultTime = Duration.seconds(3)

    /// Reads the body of `/execute`, or the message `init`.
    ///
    /// - Throws: ``/Service/ServiceError`` of code `invalidRequest`, in Piston's words.
    init(
        _ body: LooseJSON,
        by caller: Caller,
        _ runtimes: PistonRuntimes,
        _ service: ExecutionService,
    ) async throws {
        guard let language = body["language"].words else {
            throw Self.refusal("language is required as a string")
        }
        guard let version = body["version"].words else {
            throw Self.refusal("version is required as a string")
        }
        guard case .array(let files) = body["files"] else {
            throw Self.refusal("files is required as an array")
        }
        for (place, file) in files.enumerated() where file["content"].text == nil {
            throw Self.refusal("files[\(place)].content is required as a string")
        }
        guard let runtime = await runtimes.runtime(language, version) else {
            throw Self.refusal("\(language)-\(version) runtime is unknown")
        }
        self.runtime = runtime
        let definition = try? service.languages.definition(named: runtime.name)
        let program = try Self.program(
            files,
            runtime,
            compilesSeveral: definition?.compile?.takesFurtherSources == true,
            body,
        )
        let stdin = body["stdin"].text ?? ""
        let ceilings = service.ceilings(for: caller)
        var limits = LimitRequest()
        limits.wallTime =
            try Self.time("run_timeout", in: body, ceilings.wallTime)
            ?? min(Self.defaultTime, ceilings.wallTime)
        limits.cpuTime =
            try Self.time("run_cpu_time", in: body, ceilings.cpuTime)
            ?? min(Self.defaultTime, ceilings.cpuTime)
        limits.memory = try Self.size("run_memory_limit", in: body, ceilings.memory) ?? ceilings.memory
        limits.output = ceilings.output
        limits.processes = ceilings.processes
        limits.openFiles = ceilings.openFiles
        var compileLimits = LimitRequest()
        let compileCeilings = service.compileCeilings(for: caller)
        compileLimits.wallTime = try Self.time("compile_timeout", in: body, compileCeilings.wallTime)
        compileLimits.cpuTime = try Self.time("compile_cpu_time", in: body, compileCeilings.cpuTime)
        compileLimits.memory = try Self.size("compile_memory_limit", in: body, compileCeilings.memory)
        request = SubmissionRequest(
            program: program,
            // As Piston does, also where there is none.
            stdin: Array((stdin.hasSuffix("\n") ? stdin : stdin + "\n").utf8),
            limits: limits,
            compileLimits: compileLimits,
        )
    }

    /// The request of a program whose input comes live: nothing is given before.
    var interactive: SubmissionRequest {
        var request = request
        request.stdin = []
        return request
    }

    private static func program(
        _ files: [LooseJSON],
        _ runtime: PistonRuntime,
        compilesSeveral: Bool,
        _ body: LooseJSON,
    ) throws -> Program {
        func isText(_ file: LooseJSON) -> Bool { !["base64", "hex"].contains(file["encoding"].text) }
        guard let main = files.firstIndex(where: isText) else {
            throw refusal("files must include at least one utf8 encoded file")
        }
        var others: [ProgramFile] = []
        for (place, file) in files.enumerated() where place != main {
            let name = runtime.fileName(
                file["name"].words,
                at: place,
                isSource: compilesSeveral && isText(file),
            )
            others.append(ProgramFile(path: name, contents: try contents(file)))
        }
        var arguments: [String] = []
        if case .array(let values) = body["args"] {
            for value in values {
                switch value {
                case .string(let text): arguments.append(text)
                case .number(let number): arguments.append(JSONValue.number(number).text)
                default: throw refusal("args must be strings")
                }
            }
        }
        return Program(
            language: runtime.name,
            source: Array((files[main]["content"].text ?? "").utf8),
            sourceName: runtime.sourceName(files[main]["name"].words),
            files: others,
            arguments: arguments,
            environment: ["PISTON_LANGUAGE": runtime.language],
        )
    }

    private static func contents(_ file: LooseJSON) throws -> [UInt8] {
        let text = file["content"].text ?? ""
        switch file["encoding"].text {
        case "base64":
            // Decoders of JavaScript are not strict about padding and line ends.
            let padded = text.filter { !$0.isWhitespace && $0 != "=" }
            let tail = String(repeating: "=", count: (4 - padded.utf8.count % 4) % 4)
            guard let data = Data(base64Encoded: padded + tail) else {
                throw refusal("a file's content is not base64")
            }
            return Array(data)
        case "hex":
            let digits = Array(text.utf8)
            guard digits.count.isMultiple(of: 2) else { throw refusal("a file's content is not hexadecimal") }
            return try stride(from: 0, to: digits.count, by: 2).map { place in
                guard
                    let byte = UInt8(
                        String(decoding: digits[place...(place + 1)], as: UTF8.self),
                        radix: 16,
                    )
                else { throw refusal("a file's content is not hexadecimal") }
                return byte
            }
        default: return Array(text.utf8)
        }
    }

    // MARK: Limits

    /// A time in milliseconds; 0 asks for all that is given here.
    private static func time(_ name: String, in body: LooseJSON, _ ceiling: Duration) throws -> Duration? {
        let most = ceiling.inSeconds * 1_000
        guard let value = try number(name, in: body, most) else { return nil }
        guard value >= 0 else { throw refusal("\(name) must be non-negative") }
        return value == 0 ? ceiling : .nanoseconds(Int64(value * 1_000_000))
    }

    /// Bytes; 0, and less as in Piston's own defaults, asks for all that is given here.
    private static func size(_ name: String, in body: LooseJSON, _ ceiling: ByteCount) throws -> ByteCount? {
        guard let value = try number(name, in: body, Double(ceiling.bytes)) else { return nil }
        return value <= 0 ? ceiling : .bytes(Int(value))
    }

    private static func number(_ name: String, in body: LooseJSON, _ most: Double) throws -> Double? {
        switch body[name] {
        case .null, .bool(false): return nil
        case .number(let value):
            guard value <= most else {
                throw refusal("\(name) cannot exceed the configured limit of \(JSONValue.number(most).text)")
            }
            return value
        default: throw refusal("If specified, \(name) must be a number")
        }
    }

    private static func refusal(_ message: String) -> ServiceError { ServiceError(.invalidRequest, message) }
}

extension JSONValue {
    /// The value as text.
    fileprivate var text: String { String(decoding: serialized(), as: UTF8.self) }
}
