package import LauncherStart
package import SandboxModel

/// A sandbox for one program, run on the calling thread.
///
/// For a process that is there for that program alone: nothing is handed from thread to thread, and the launcher makes the cell
/// while the host makes cgroups.
package final class OneShot: Sendable {
    private let engine: Engine
    private let preparation: ProgramPreparation

    /// Starts the launcher, or goes on with one.
    ///
    /// - Parameters:
    ///   - preparation: The program.
    ///   - launcher: One that was started before, and told to leave the host's user namespace; `nil` for a new one.
    /// - Throws: ``/SandboxModel/SandboxError`` of code `launcherUnavailable`.
    package init(_ preparation: ProgramPreparation, goingOnWith launcher: consuming StartedLauncher?) throws {
        self.preparation = preparation
        engine = try Engine(
            placement: .ofThisProcess(),
            keeping: .nothing,
            compileCache: CompileCache(CompileCacheConfiguration()),
            only: preparation.plan,
            started: launcher,
        )
    }

    /// Runs the program to its end; blocks until then.
    ///
    /// The record is as ``Sandbox/execute(_:stdin:policy:limits:compileLimits:)`` makes it, but for the version of the
    /// language's implementation, which is not asked for.
    ///
    /// - Parameters:
    ///   - stdin: What it reads from standard input.
    ///   - cancellation: Kills the program when it is given.
    ///   - emit: Told what happens as it happens, but for the end.
    /// - Returns: The record of the execution.
    /// - Throws: ``/SandboxModel/SandboxError`` when the request is wrong or the host cannot enforce it; nothing has run then.
    package func run(
        stdin: StandardInput,
        cancellation: CancellationSignal,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) throws -> ExecutionResult {
        defer { stdin.abandon() }
        let assembly = try engine.run(
            preparation,
            stdin: stdin,
            collect: [],
            cancellation: cancellation,
            emit: emit,
        )
        let result = assembly.result(language: preparation.plan.language, version: nil)
        ExecutionMetrics.record(result)
        return result
    }

    /// Ends the launcher, and leaves nothing behind.
    package func shutDown() { engine.shutDown() }
}
