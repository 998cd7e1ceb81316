import Glibc
import Languages
package import RunClient
package import SandboxEngine
package import SandboxModel

/// A plain run in a sandbox of this process, which is there for that program alone.
///
/// Whatever is wrong with the program, its language or the host shows before anything has happened, and is the whole command's to
/// tell: it finds the same, and has the words for it.
package final class DirectRun: Sendable {
    /// What is run.
    package let program: Program
    /// The same, made ready.
    package let preparation: ProgramPreparation

    /// Finds out what to run.
    ///
    /// - Parameters:
    ///   - run: The run that was asked for.
    ///   - source: Its program's source.
    /// - Throws: What is wrong with it; nothing has happened then.
    package init(_ run: PlainRun, holding source: [UInt8]) throws {
        let definition = try Self.definition(for: run, source, in: .whatIsKept)
        var program = Program(
            language: definition.name,
            source: source,
            sourceName: run.path.flatMap(definition.sourceName(ofFile:)),
        )
        program.arguments = run.arguments
        self.program = program
        preparation = try ProgramPreparation(
            program,
            in: ResolvedLanguage(definition),
            policy: run.policy,
            limits: run.limits,
            compileLimits: nil,
        )
    }

    /// That neither a name nor the file says what language a program is in.
    private struct NoLanguage: Error {}

    private static func definition(
        for run: PlainRun,
        _ source: [UInt8],
        in catalog: LanguageCatalog,
    ) throws -> LanguageDefinition {
        if let name = run.language { return try catalog.definition(named: name) }
        guard let path = run.path, let definition = try catalog.language(ofFile: path, source: source) else {
            throw NoLanguage()
        }
        return definition
    }

    /// What the thread that holds the program's clocks tells the one that writes its output.
    private enum Report: Sendable {
        case event(ExecutionEvent)
        case ended(ExecutionResult)
        case failed(any Error)
        /// Nothing of the sandbox is left.
        case gone
    }

    /// Runs the program with its output streaming through: whoever reads that may be slow, and the clocks must not wait for him.
    ///
    /// The output has a thread of its own, whose beginning nobody waits for; the program goes on in the calling one.
    ///
    /// - Parameters:
    ///   - sandbox: Where; it is shut down.
    ///   - cancellation: Kills the program when it is given.
    /// - Returns: The exit code.
    /// - Throws: ``/SandboxModel/SandboxError`` when the program could not be run, or what writing the output throws.
    package func carryOut(in sandbox: OneShot, until cancellation: CancellationSignal) throws -> Int32 {
        let reports = ThreadChannel<Report>()
        let end = ThreadChannel<Result<Int32, any Error>>()
        do {
            try DetachedThread.start { [self] in
                end.send(Result { try show(reports, cancellation) })
            }
        } catch {
            sandbox.shutDown()
            throw error
        }
        run(in: sandbox, until: cancellation, telling: reports)
        return try end.receive().get()
    }

    /// Runs the program, and ends the sandbox.
    private func run(
        in sandbox: OneShot,
        until cancellation: CancellationSignal,
        telling reports: ThreadChannel<Report>,
    ) {
        do {
            let record = try sandbox.run(
                stdin: .descriptor(STDIN_FILENO),
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

    /// Shows what is told until nothing is left of the sandbox; returns the exit code.
    private func show(_ reports: ThreadChannel<Report>, _ cancellation: CancellationSignal) throws -> Int32 {
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
                do { exitCode = try live.conclude(record) } catch { failure = error }
            case .failed(let error): failure = failure ?? error
            case .gone:
                if let failure { throw failure }
                return exitCode ?? ExitStatus.failed
            }
        }
    }
}

extension LanguageCatalog {
    /// The definitions that the whole command has taken apart before: its parser is what this executable does without.
    fileprivate static var whatIsKept: LanguageCatalog {
        LanguageCatalog(directories: standardDirectories(), by: DocumentStore())
    }
}
