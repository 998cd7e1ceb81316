package import Languages
package import LauncherStart
package import SandboxModel

/// A sandbox for one program, run on the calling thread.
///
/// For a process that is there for that program alone: nothing is handed from thread to thread, and the launcher starts and gets
/// ready while the caller finds out what to run.
package final class OneShot: Sendable {
    private let engine: Engine

    /// Starts the launcher, or goes on with one.
    ///
    /// - Parameter launcher: One that was started before, and told to leave the host's user namespace; `nil` for a new one.
    /// - Throws: ``/SandboxModel/SandboxError`` of code `launcherUnavailable`.
    package init(goingOnWith launcher: consuming StartedLauncher?) throws {
        engine = try Engine(
            placement: .ofThisProcess(),
            keeping: .nothing,
            compileCache: CompileCache(CompileCacheConfiguration()),
            servesOne: true,
            started: launcher,
        )
    }

    /// Runs `program` to its end; blocks until then.
    ///
    /// The record is as ``Sandbox/execute(_:stdin:policy:limits:compileLimits:)`` makes it, but for the version of the
    /// language's implementation, which is not asked for.
    ///
    /// - Parameters:
    ///   - program: What to run.
    ///   - language: Its language.
    ///   - stdin: What it reads from standard input.
    ///   - policy: What it may reach.
    ///   - limits: Ceilings of the run stage.
    ///   - compileLimits: Ceilings of the compile stage; `nil` for the language's own.
    ///   - cancellation: Kills the program when it is given.
    ///   - emit: Told what happens as it happens, but for the end.
    /// - Returns: The record of the execution.
    /// - Throws: ``/SandboxModel/SandboxError`` when the request is wrong or the host cannot enforce it; nothing has run then.
    package func run(
        _ program: Program,
        in language: ResolvedLanguage,
        stdin: StandardInput,
        policy: Policy,
        limits: Limits,
        compileLimits: Limits?,
        cancellation: CancellationSignal,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) throws -> ExecutionResult {
        defer { stdin.abandon() }
        let preparation = try ProgramPreparation(
            program,
            in: language,
            policy: policy,
            limits: limits,
            compileLimits: compileLimits,
        )
        let assembly = try engine.run(
            preparation,
            stdin: stdin,
            collect: program.collect,
            cancellation: cancellation,
            emit: emit,
        )
        let result = assembly.result(language: language.definition.name, version: nil)
        ExecutionMetrics.record(result)
        return result
    }

    /// Ends the launcher, and leaves nothing behind.
    package func shutDown() { engine.shutDown() }
}
