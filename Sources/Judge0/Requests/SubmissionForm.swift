import Foundation
import Languages
import SandboxModel
import Service

/// The members of one submission on their way to be one, with all that is wrong with them so far.
struct SubmissionForm {
    private let members: [String: ParameterValue]
    private let bounds: LimitBounds
    private let isBase64: Bool
    private(set) var errors = ValidationErrors()
    private(set) var submission = Judge0Submission()

    init(_ members: [String: ParameterValue], _ bounds: LimitBounds, isBase64: Bool) {
        self.members = members
        self.bounds = bounds
        self.isBase64 = isBase64
        submission.expectedOutput = bytes("expected_output").map { Data($0) }
    }

    mutating func add(_ message: String, to name: String) { errors.add(message, to: name) }

    /// What the program reads.
    var stdin: [UInt8] { bytes("stdin") ?? [] }

    private func given(_ name: String) -> ParameterValue? {
        guard let value = members[name], !value.isNull else { return nil }
        return value
    }

    private func text(_ name: String) -> String? { given(name)?.text.flatMap { $0.isEmpty ? nil : $0 } }

    private func bytes(_ name: String) -> [UInt8]? {
        given(name)?.text.map { isBase64 ? MIMEBase64.decode($0) : Array($0.utf8) }
    }

    // MARK: Program

    /// The language; one that is not installed here reads as one that is not offered any more.
    mutating func language(in service: ExecutionService) -> Judge0Language? {
        let written = text("language_id")
        if written == nil { add("can't be blank", to: "language_id") }
        guard let id = given("language_id")?.number.flatMap({ Int(exactly: $0) }),
            let language = Judge0Language.with(id: id)
        else {
            add("language with id \(written ?? "") doesn't exist", to: "language_id")
            return nil
        }
        guard (try? service.languages.resolve(language.language)) != nil else {
            add("language with id \(id) is archived and cannot be used anymore", to: "language_id")
            return nil
        }
        submission.languageID = id
        return language
    }

    /// The source; a project has none but its archive.
    mutating func source(of language: Judge0Language?) -> [UInt8] {
        let source = bytes("source_code") ?? []
        let blank: Set<UInt8> = [9, 10, 11, 12, 13, 32]
        let isBlank = source.allSatisfy(blank.contains)
        if language?.kind == .project {
            if !isBlank { add("must be blank", to: "source_code") }
            if text("additional_files") == nil { add("can't be blank", to: "additional_files") }
        } else if isBlank {
            add("can't be blank", to: "source_code")
        }
        return source
    }

    /// The files of the archive.
    mutating func files() -> [ProgramFile] {
        guard let text = text("additional_files") else { return [] }
        let archive = MIMEBase64.decode(text)
        submission.additionalFiles = Data(archive)
        do {
            return try ZIPArchive(archive).files
        } catch {
            add(error.message, to: "additional_files")
            return []
        }
    }

    mutating func readOptions(isCompiled: Bool) {
        submission.compilerOptions = text("compiler_options")
        submission.commandLineArguments = text("command_line_arguments")
        submission.redirectsStandardError = given("redirect_stderr_to_stdout")?.flag ?? false
        for (name, value) in [
            ("compiler_options", submission.compilerOptions),
            ("command_line_arguments", submission.commandLineArguments),
        ] where (value ?? "").count > 512 {
            add("is too long (maximum is 512 characters)", to: name)
        }
        if !isCompiled, submission.compilerOptions != nil {
            add("setting compiler options is only allowed for compiled languages", to: "compiler_options")
        }
    }

    // MARK: Limits

    mutating func readLimits() {
        submission.numberOfRuns = count("number_of_runs", bounds.numberOfRuns, above: 0)
        submission.cpuTimeLimit = number("cpu_time_limit", bounds.cpuTime, atLeast: 0)
        submission.cpuExtraTime = number("cpu_extra_time", bounds.cpuExtraTime, atLeast: 0)
        submission.wallTimeLimit = number("wall_time_limit", bounds.wallTime, atLeast: 1)
        submission.memoryLimit = count("memory_limit", bounds.memory, atLeast: 2_048)
        submission.stackLimit = count("stack_limit", bounds.stack, atLeast: 0)
        submission.processes = count("max_processes_and_or_threads", bounds.processes, above: 0)
        submission.maxFileSize = count("max_file_size", bounds.fileSize, atLeast: 0)
        // The whole tree is always counted together, which no program can have less of.
        for name in [
            "enable_per_process_and_thread_time_limit", "enable_per_process_and_thread_memory_limit",
        ] where given(name)?.flag == true {
            add("this option cannot be enabled", to: name)
        }
    }

    private mutating func count(
        _ name: String,
        _ bounds: (standard: Int, most: Int),
        atLeast least: Double = -.infinity,
        above floor: Double = -.infinity,
    ) -> Int {
        let value = number(
            name,
            (Double(bounds.standard), Double(bounds.most)),
            atLeast: least,
            above: floor,
            isWhole: true,
        )
        return Int(value)
    }

    private mutating func number(
        _ name: String,
        _ bounds: (standard: Double, most: Double),
        atLeast least: Double = -.infinity,
        above floor: Double = -.infinity,
        isWhole: Bool = false,
    ) -> Double {
        guard let value = given(name) else { return bounds.standard }
        if value.text?.isEmpty == true { return bounds.standard }
        guard let given = value.number else {
            add("is not a number", to: name)
            return bounds.standard
        }
        // A whole number is cut off before it is held against its bounds, as there.
        let number = isWhole ? given.rounded(.towardZero) : given
        let limit: String
        if number <= floor {
            limit = "greater than \(Self.written(floor))"
        } else if number < least {
            limit = "greater than or equal to \(Self.written(least))"
        } else if number > bounds.most {
            limit = "less than or equal to \(Self.written(bounds.most))"
        } else {
            return number
        }
        add("must be \(limit)", to: name)
        return bounds.standard
    }

    private static func written(_ number: Double) -> String {
        number == number.rounded() ? String(format: "%.0f", number) : String(number)
    }

    // MARK: Reach

    mutating func readNetwork(isPermitted: Bool) {
        guard given("enable_network")?.flag == true else { return }
        submission.enablesNetwork = true
        if !isPermitted { add("enabling network is not allowed", to: "enable_network") }
    }

    /// Who is told of the end, when that is one of those that the operator lists.
    mutating func callback(among listed: [String]) -> CallbackAddress? {
        guard let text = text("callback_url") else { return nil }
        guard !listed.isEmpty else {
            add("setting callback is not allowed", to: "callback_url")
            return nil
        }
        guard let address = CallbackAddress(text) else {
            add(
                "is not an address that can be called, such as http://127.0.0.1:9000/done",
                to: "callback_url",
            )
            return nil
        }
        guard !address.isSecure || CallbackSender.speaksTLS else {
            add(
                "cannot be called by https, as this service was built without TLS; use http, to a proxy where that is needed",
                to: "callback_url",
            )
            return nil
        }
        guard listed.compactMap({ CallbackHost($0) }).contains(address.host) else {
            add("names a host that may not be called; the operator lists those that may", to: "callback_url")
            return nil
        }
        return address
    }
}
