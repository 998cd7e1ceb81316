import Glibc
import Languages
import RunClient
import SandboxModel
import Sanderling

extension PlainRun {
    /// Carries the run out.
    func run() async throws {
        try await conclude {
            LoggingOptions.bootstrap()
            // Read before signals are caught: a pipe may keep whoever reads it waiting.
            let source = try place.bytes()
            let cancellation = CancellationSignal()
            Interruption.give(cancellation)
            if mayUseService, let service = LocalService.find(),
                let code = try carryOut(by: service, holding: source, until: cancellation.number)
            {
                return code
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

    /// The run of a source, and its language as it was found on this host.
    func prepared(_ source: [UInt8]) throws -> (ProgramRun, ResolvedLanguage) {
        let request = try ProgramRequest(place, holding: source, named: language, in: LanguageCatalog())
        var program = request.program
        program.arguments = arguments
        let run = ProgramRun(
            program: program,
            input: .descriptor(STDIN_FILENO),
            policy: policy,
            limits: limits,
            compileLimits: nil,
            collectTo: nil,
            configuration: { Sandbox.Configuration(readyCells: 0) },
            mayUseService: mayUseService,
        )
        return (run, try ResolvedLanguage(request.definition))
    }

    private var place: ProgramSource {
        switch source {
        case .code(let text): .code(text)
        case .file(let path): .file(path)
        }
    }

    /// What the thread that holds the program's clocks tells the one that writes its output.
    private enum Report: Sendable {
        case event(ExecutionEvent)
        case ended(ExecutionResult)
        case failed(any Error)
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
            do {
                let record = try sandbox.run(
                    run.program,
                    in: language,
                    stdin: run.input,
                    policy: run.policy,
                    limits: run.limits,
                    compileLimits: run.compileLimits,
                    cancellation: cancellation,
                    emit: { reports.send(.event($0)) },
                )
                reports.send(.ended(record))
            } catch {
                reports.send(.failed(error))
            }
            sandbox.shutDown()
            reports.send(.gone)
        }
        var live = LiveOutput()
        var (exitCode, failure): (Int32?, (any Error)?)
        while true {
            switch reports.receive() {
            case .event(let event):
                guard failure == nil else { continue }
                do {
                    try live.show(event)
                } catch {
                    // Nobody reads any more.
                    cancellation.cancel()
                    failure = error
                }
            case .ended(let record):
                guard failure == nil else { continue }
                do { exitCode = try run.finish(record, &live) } catch { failure = error }
            case .failed(let error): failure = failure ?? error
            case .gone:
                if let failure { throw failure }
                return exitCode ?? ExitStatus.failed
            }
        }
    }
}
