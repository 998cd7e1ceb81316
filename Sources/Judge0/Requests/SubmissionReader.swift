import Foundation
import Languages
import SandboxModel
import Service

/// Makes a request to the service of what a client of Judge0 sends, or says what is wrong with it.
struct SubmissionReader: Sendable {
    let service: ExecutionService
    let caller: Caller
    /// Whether source, input and expected output come in base64.
    let isBase64: Bool

    /// What is to be run, `numberOfRuns` times.
    struct Reading: Sendable {
        var submission: Judge0Submission
        var request: SubmissionRequest
    }

    /// Bytes of all runs of one submission, its archive taken apart.
    private static let mostKept = 64 << 20

    /// Reads one submission.
    ///
    /// - Throws: ``ValidationErrors`` with all that is wrong; of members that cannot be read, nothing but that.
    func read(_ members: SubmissionMembers) throws -> Reading {
        guard members.unreadable.isEmpty else { throw ValidationErrors(unreadable: members.unreadable) }
        var form = SubmissionForm(members.values, LimitBounds(of: caller, in: service), isBase64: isBase64)
        let language = form.language(in: service)
        form.readLimits()
        form.readOptions(isCompiled: language.map(isCompiled) ?? true)
        let address = form.callback(among: service.configuration.judge0.callbacks)
        form.readNetwork(isPermitted: service.configuration.policy.network == .host)
        let source = form.source(of: language)
        let files = form.files()
        guard let language, form.errors.isEmpty else { throw form.errors }
        var submission = form.submission
        submission.callbackURL = address?.text
        submission.isForeignExecutable = language.kind == .executable && !Judge0Submission.isStartable(source)
        var program = Program(
            language: language.language,
            source: source,
            files: files,
            arguments: ShellWords.split(submission.commandLineArguments ?? ""),
            compilerOptions: ShellWords.split(submission.compilerOptions ?? ""),
            joinsOutputs: submission.redirectsStandardError,
        )
        if let definition = try? service.languages.definition(named: program.language) {
            // What has the source's own name is not unpacked over it.
            let path = definition.sourcePath(of: program)
            program.files.removeAll { language.kind == .program && $0.path == path }
        }
        do {
            try ProgramShape(language.kind).shape(&program)
        } catch {
            form.add(error.message, to: "additional_files")
            throw form.errors
        }
        let stdin = form.stdin
        let size = program.files.reduce(program.source.count + stdin.count) { $0 + $1.contents.count }
        guard size <= Self.mostKept / submission.numberOfRuns else {
            form.add(
                "is too much for a submission of this size, each run of which is kept",
                to: "number_of_runs",
            )
            throw form.errors
        }
        let request = SubmissionRequest(
            program: program,
            stdin: stdin,
            policy: Policy(network: submission.enablesNetwork ? .host : .none, filesystem: .scratch),
            limits: limits(submission),
            note: try submission.note,
        )
        return Reading(submission: submission, request: request)
    }

    private func isCompiled(_ language: Judge0Language) -> Bool {
        language.kind == .program
            && (try? service.languages.definition(named: language.language))?.compile != nil
    }

    /// The limits that apply; what is 0 means the operator's ceiling.
    private func limits(_ submission: Judge0Submission) -> LimitRequest {
        let ceilings = service.ceilings(for: caller)
        var request = LimitRequest()
        request.wallTime = .seconds(submission.wallTimeLimit)
        request.cpuTime =
            submission.cpuTimeLimit > 0
            ? max(.seconds(submission.cpuTimeLimit + submission.cpuExtraTime), LimitRange.cpuTime.lowerBound)
            : ceilings.cpuTime
        request.memory = .bytes(submission.memoryLimit << 10)
        request.processes = submission.processes
        request.stack =
            submission.stackLimit > 0
            ? max(.bytes(submission.stackLimit << 10), LimitRange.stack.lowerBound) : ceilings.stack
        request.fileSize =
            submission.maxFileSize > 0 ? .bytes(submission.maxFileSize << 10) : ceilings.fileSize
        // There, output goes to files.
        request.output = request.fileSize.map { min($0, ceilings.output) }
        return request
    }
}
