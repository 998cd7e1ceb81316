import Foundation
import Glibc
public import Languages
import LaunchProtocol
import LinuxKernel
public import Logging
public import SandboxModel
import Synchronization

/// Runs programs that nobody vouches for, each in a cell of its own.
///
/// One sandbox serves any number of executions, at once or one after another. It owns a launcher process and a cgroup;
/// both go with it, and with this process, however that ends. A launcher that is killed takes with it what runs, which is
/// refused with ``/SandboxModel/SandboxError/Code/internal``; what comes after that gets another.
///
/// On cgroup v2 it must be able to make cgroups below this process's own, as with systemd's `Delegate=yes`. Whatever else
/// is in that one, such as the shell of a login, is then moved into a child of it, `sanderling.supervisor`, under the same
/// limits as before, and moved back when the last sandbox there is gone.
public final class Sandbox: Sendable {
    /// What a sandbox is made with.
    public struct Configuration: Sendable {
        /// Where languages are defined.
        ///
        /// Default: those that come with the library, and the user's own.
        public var languages: LanguageCatalog
        /// Whether, where and how much of what programs compile to is kept.
        ///
        /// Default: up to 1 GiB of it, in the user's cache directory.
        public var compileCache: CompileCacheConfiguration
        /// How many cells are kept ready ahead of need, at the most, whatever they are for.
        ///
        /// A cell that is ready saves an execution some milliseconds. How many there are follows the demand; 0 keeps none.
        /// They take a quarter of the descriptors that this process may have (`RLIMIT_NOFILE`), at the most. Default: 16.
        public var readyCells: Int
        /// What the cells that are ready may take of memory together.
        ///
        /// Default: 128 MB.
        public var readyMemory: ByteCount

        /// How many executions run at once, at the most.
        ///
        /// Default: 256.
        public var concurrentExecutions: Int
        /// What happens to executions beyond those.
        ///
        /// Default: they wait, in the order they came.
        public var whenBusy: BusyBehavior

        /// What a sandbox does with an execution when as many run as it admits.
        public enum BusyBehavior: Sendable, Hashable {
            /// It waits for one of them to end; cancelling its task takes it out again.
            case wait
            /// It is refused at once with ``/SandboxModel/SandboxError/Code/busy``.
            case refuse
        }

        /// What is got ready at once, and refused at once where the host does not have what it needs.
        ///
        /// A program of another ``/SandboxModel/Policy/isolation`` gets that, made ready when it is first asked for. Default:
        /// ``/SandboxModel/IsolationKind/namespaces``.
        public var isolation: IsolationKind
        /// Told of what no result tells: that a cell or an interpreter cannot be made ready ahead, so that programs begin later.
        ///
        /// Default: nobody is told.
        public var logger: Logger

        fileprivate func validate() throws(SandboxError) {
            if readyCells < 0 || readyMemory.bytes < 0 {
                throw SandboxError(
                    .invalidRequest,
                    "a sandbox cannot keep less than nothing ready",
                    mend: "set readyCells to 0 to keep no cells, or leave it out",
                )
            }
            if concurrentExecutions < 1 {
                throw SandboxError(
                    .invalidRequest,
                    "a sandbox that admits \(concurrentExecutions) executions at once can run none",
                    mend: "set concurrentExecutions to 1 or more, or leave it out",
                )
            }
        }

        /// A configuration; without arguments, the defaults.
        public init(
            languages: LanguageCatalog = LanguageCatalog(),
            compileCache: CompileCacheConfiguration = CompileCacheConfiguration(),
            readyCells: Int = 16,
            readyMemory: ByteCount = .megabytes(128),
            concurrentExecutions: Int = 256,
            whenBusy: BusyBehavior = .wait,
            isolation: IsolationKind = .namespaces,
            logger: Logger? = nil,
        ) {
            self.isolation = isolation
            self.logger = logger ?? .silent
            self.languages = languages
            self.compileCache = compileCache
            self.readyCells = readyCells
            self.readyMemory = readyMemory
            self.concurrentExecutions = concurrentExecutions
            self.whenBusy = whenBusy
        }
    }

    let configuration: Configuration
    private let engines: Mutex<Engines>
    private let bounds: CellPool.Bounds
    private let admission: Admission
    private let languages: LanguageMemory

    private struct Engines {
        /// The one for the configuration's own kind of isolation.
        var main: Engine
        var others: [IsolationKind: Engine] = [:]
    }

    /// The engine for the configuration's own kind of isolation.
    var engine: Engine { engines.withLock { $0.main } }

    /// Starts a launcher and finds out what the host can enforce.
    ///
    /// - Throws: ``/SandboxModel/SandboxError``: `invalidRequest` for a configuration that makes no sense, `launcherUnavailable`, or `layerUnavailable` when the host forbids user namespaces.
    public init(configuration: Configuration = Configuration()) async throws {
        self.configuration = configuration
        try configuration.validate()
        languages = LanguageMemory(of: configuration.languages)
        bounds = CellPool.Bounds(
            cells: min(configuration.readyCells, ReadyCell.countWithinDescriptors),
            memory: configuration.readyMemory.bytes,
        )
        admission = Admission(
            bound: configuration.concurrentExecutions,
            waits: configuration.whenBusy == .wait,
        )
        let main = try await offload { [bounds] in
            try Self.makeEngine(for: configuration.isolation, configuration, keeping: bounds)
        }
        engines = Mutex(Engines(main: main))
    }

    private static func makeEngine(
        for isolation: IsolationKind,
        _ configuration: Configuration,
        keeping bounds: CellPool.Bounds,
    ) throws -> Engine {
        try Engine.ready(
            below: .ofThisProcess(),
            keeping: bounds,
            compileCache: CompileCache(configuration.compileCache),
            isolation: isolation,
            logger: configuration.logger,
        )
    }

    /// The engine for a kind of isolation, made ready now if need be; blocks until it is.
    ///
    /// One whose launcher was killed is replaced: its programs have ended with it, and those that come next get another.
    func engine(for isolation: IsolationKind) throws -> Engine {
        let isMain = isolation == configuration.isolation
        let (engine, lost) = try engines.withLock { engines in
            let known = isMain ? engines.main : engines.others[isolation]
            if let known, !known.hasLostLauncher { return (known, nil as Engine?) }
            let engine = try Self.makeEngine(for: isolation, configuration, keeping: bounds)
            if isMain { engines.main = engine } else { engines.others[isolation] = engine }
            return (engine, known)
        }
        // Outside the lock: it clears away what was left, unless a program's end does so later.
        _ = consume lost
        return engine
    }

    /// Runs `program` to its end and returns its record.
    ///
    /// Cancelling the task kills the program; the verdict is then ``/SandboxModel/Verdict/cancelled``. What the program does wrong is a
    /// verdict, never an error.
    ///
    /// - Parameters:
    ///   - program: What to run.
    ///   - stdin: What it reads from standard input. Default: nothing.
    ///   - policy: What it may reach. Default: nothing.
    ///   - limits: Ceilings of the run stage.
    ///   - compileLimits: Ceilings of the compile stage. Default: the language's own.
    /// - Returns: The record of the execution.
    /// - Throws: ``/SandboxModel/SandboxError`` when the request is wrong or the host cannot enforce it; nothing has run then.
    public func execute(
        _ program: Program,
        stdin: StandardInput = .empty,
        policy: Policy = Policy(),
        limits: Limits = Limits(),
        compileLimits: Limits? = nil,
    ) async throws -> ExecutionResult {
        try await execute(
            program,
            stdin: stdin,
            policy: policy,
            limits: limits,
            compileLimits: compileLimits,
            emit: { _ in },
        )
    }

    /// Runs `program` and tells what happens as it happens; the last event carries the record.
    ///
    /// The program is killed when the stream's consumer stops listening. Output beyond ``/SandboxModel/Limits/output`` is not
    /// told; where it does not kill, its tail is, when the stream ends.
    ///
    /// - Parameters:
    ///   - program: What to run.
    ///   - stdin: What it reads from standard input. Default: nothing.
    ///   - policy: What it may reach. Default: nothing.
    ///   - limits: Ceilings of the run stage.
    ///   - compileLimits: Ceilings of the compile stage. Default: the language's own.
    /// - Returns: The events, the last of them ``/SandboxModel/ExecutionEvent/finished(_:)``.
    public func events(
        of program: Program,
        stdin: StandardInput = .empty,
        policy: Policy = Policy(),
        limits: Limits = Limits(),
        compileLimits: Limits? = nil,
    ) -> AsyncThrowingStream<ExecutionEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    let result = try await execute(
                        program,
                        stdin: stdin,
                        policy: policy,
                        limits: limits,
                        compileLimits: compileLimits,
                        emit: { continuation.yield($0) },
                    )
                    continuation.yield(.finished(result))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// How many cells are ready now, of all kinds.
    ///
    /// Of a kind for which an interpreter can start ahead, one has started in each.
    public var readyCells: Int { engine.pool.readyCells }

    /// Ends the launcher and every execution that still runs, and leaves nothing behind.
    ///
    /// Also happens when the sandbox is let go of; calling it makes the moment certain.
    public func shutDown() async {
        await offload { [all = engines.withLock { [$0.main] + $0.others.values }] in
            for engine in all { engine.shutDown() }
        }
    }

    /// As ``execute(_:stdin:policy:limits:compileLimits:)``, and tells what happens as it happens, but for the end.
    package func execute(
        _ program: Program,
        stdin: StandardInput,
        policy: Policy,
        limits: Limits,
        compileLimits: Limits?,
        signals: ProgramSignals? = nil,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) async throws -> ExecutionResult {
        defer { stdin.abandon() }
        let (language, version) = try languages.language(named: program.language)
        let preparation = try ProgramPreparation(
            program,
            in: language,
            policy: policy,
            limits: limits,
            compileLimits: compileLimits,
        )
        let cancellation = CancellationSignal(signals: signals)
        let assembly = try await admission.admit {
            try await withTaskCancellationHandler {
                try await offload { [self] in
                    try engine(for: policy.isolation).run(
                        preparation,
                        stdin: stdin,
                        collect: program.collect,
                        cancellation: cancellation,
                        emit: emit,
                    )
                }
            } onCancel: {
                cancellation.cancel()
            }
        }
        let result = assembly.result(language: language.definition.name, version: await version.value)
        ExecutionMetrics.record(result)
        return result
    }
}

/// Runs `body` with a sandbox that is gone when it returns.
///
/// - Parameters:
///   - configuration: What the sandbox is made with.
///   - body: What to do with it.
/// - Returns: What `body` returns.
/// - Throws: What making the sandbox or `body` throws.
public func withSandbox<Result>(
    _ configuration: Sandbox.Configuration = Sandbox.Configuration(),
    _ body: (Sandbox) async throws -> Result,
) async throws -> Result {
    try await withSandbox(try await Sandbox(configuration: configuration), body)
}

/// Runs `body` with `sandbox`, which is gone when it returns.
///
/// - Parameters:
///   - sandbox: A sandbox that nobody else uses.
///   - body: What to do with it.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
package func withSandbox<Result>(
    _ sandbox: Sandbox,
    _ body: (Sandbox) async throws -> Result,
) async throws -> Result {
    do {
        let result = try await body(sandbox)
        await sandbox.shutDown()
        return result
    } catch {
        await sandbox.shutDown()
        throw error
    }
}
