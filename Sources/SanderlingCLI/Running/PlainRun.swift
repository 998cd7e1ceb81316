import Glibc
import Languages
import SandboxModel
import Sanderling

/// `sanderling run FILE`, with nothing but arguments for the program behind it: the form that needs no parser.
///
/// Getting ArgumentParser and Swift's tasks ready takes as long as starting many a program. What this form means is what the
/// parser makes of it; a test holds the two against each other.
struct PlainRun {
    let file: String
    /// The program's arguments.
    let arguments: [String]

    /// The run that a command line, from its first word on, asks for; `nil` for one of another form.
    init?(_ commandLine: [String]) {
        guard commandLine.count > 2, commandLine[1] == "run" else { return nil }
        file = commandLine[2]
        arguments = Array(commandLine.dropFirst(4))
        guard !file.isEmpty, !file.hasPrefix("-"), commandLine.count == 3 || commandLine[3] == "--" else {
            return nil
        }
    }

    /// Carries the run out.
    func run() async throws {
        try await conclude {
            LoggingOptions.bootstrap()
            // Read before signals are caught: a pipe may keep whoever reads it waiting.
            let source = try ProgramSource.file(file).bytes()
            let cancellation = CancellationSignal()
            Interruption.give(cancellation)
            if let service = LocalService.find() {
                // It finds the language as this process would, and has done so often.
                let run = described(Program(language: "", source: source))
                if let code = try service.streaming(run, file: file, until: cancellation) { return code }
            }
            let sandbox = Result { try OneShot() }
            do {
                let (run, language) = try prepared(source)
                return try Self.streaming(run, in: language, try sandbox.get(), cancellation)
            } catch {
                // Once is enough, and no harm is done where that was before.
                if case .success(let sandbox) = sandbox { sandbox.shutDown() }
                throw error
            }
        }
    }

    /// The run of a file that holds `source`, and its language as it was found on this host.
    func prepared(_ source: [UInt8]) throws -> (ProgramRun, ResolvedLanguage) {
        let request = try ProgramRequest(.file(file), holding: source, in: LanguageCatalog())
        return (described(request.program), try ResolvedLanguage(request.definition))
    }

    private func described(_ program: Program) -> ProgramRun {
        var program = program
        program.arguments = arguments
        return ProgramRun(
            program: program,
            input: .descriptor(STDIN_FILENO),
            policy: Policy(),
            limits: Limits(),
            compileLimits: nil,
            collectTo: nil,
            configuration: { Sandbox.Configuration(readyCells: 0) },
            mayUseService: true,
        )
    }

    /// What the thread that holds the program's clocks tells the one that writes its output.
    private enum Report: Sendable {
        case event(ExecutionEvent)
        case ended(Result<ExecutionResult, any Error>)
        /// Nothing of the sandbox is left.
        case gone
    }

    /// As ``ProgramRun/streaming()``: whoever reads the output may be slow, and the clocks must not wait for him.
    private static func streaming(
        _ run: ProgramRun,
        in language: ResolvedLanguage,
        _ sandbox: OneShot,
        _ cancellation: CancellationSignal,
    ) throws -> Int32 {
        let reports = ThreadChannel<Report>()
        try DetachedThread.start {
            let result = Result {
                try sandbox.run(
                    run.program,
                    in: language,
                    stdin: run.input,
                    policy: run.policy,
                    limits: run.limits,
                    compileLimits: run.compileLimits,
                    cancellation: cancellation,
                    emit: { reports.send(.event($0)) },
                )
            }
            reports.send(.ended(result))
            sandbox.shutDown()
            reports.send(.gone)
        }
        var live = LiveOutput()
        var conclusion: Result<Int32, any Error>?
        while true {
            switch reports.receive() {
            case .event(let event):
                guard conclusion == nil else { continue }
                do {
                    try live.show(event)
                } catch {
                    // Nobody reads any more.
                    cancellation.cancel()
                    conclusion = .failure(error)
                }
            case .ended(let result):
                conclusion = conclusion ?? Result { try run.finish(try result.get(), &live) }
            case .gone: return try conclusion?.get() ?? ExitStatus.failed
            }
        }
    }
}
