import Glibc
package import Languages
import LaunchProtocol
package import SandboxModel

/// A request, checked and made ready: what will run and what the result will say of it.
package struct ProgramPreparation: Sendable {
    /// What goes into the cell.
    package var plan: ExecutionPlan
    /// The module lists that apply, or `nil`.
    let modules: ModulePolicy?

    /// A plan that is ready as it is.
    init(plan: ExecutionPlan, modules: ModulePolicy?) {
        self.plan = plan
        self.modules = modules
    }

    /// Checks the request and resolves its commands.
    package init(
        _ program: Program,
        in language: ResolvedLanguage,
        policy: Policy,
        limits: Limits,
        compileLimits: Limits?,
    ) throws {
        try program.check(in: language.definition)
        try Self.check(policy)
        try Self.check(limits)
        if let compileLimits { try Self.check(compileLimits) }
        let definition = language.definition
        let commands = language.commands(for: program, memory: limits.memory, processes: limits.processes)
        var run = ExecutionPlan.Command(commands.run)
        let moduleGuard = ModuleGuard(definition, policy.modules)
        if let moduleGuard { run = moduleGuard.guarding(run, source: commands.sourcePath) }
        run.environment.merge(program.environment) { _, given in given }
        if program.joinsOutputs { run = run.joiningOutputs }
        modules = moduleGuard == nil ? nil : policy.modules
        let files =
            [ProgramFile(path: commands.sourcePath, contents: program.source)] + program.files
            + commands.files
        plan = ExecutionPlan(
            language: definition.name,
            family: definition.family,
            implementation: language.executables.values.sorted(),
            files: files,
            compile: commands.compile.map(ExecutionPlan.Command.init),
            warmth: commands.warm.map { Warmth($0) },
            run: run,
            readOnlyPaths: language.readOnlyPaths,
            privateDirectory: policy.filesystem == .none ? definition.run.privateDirectory : nil,
            moduleGuard: try moduleGuard?.files,
            warmProgram: limits.memory >= Self.smallestWarmMemory
                ? Self.warmProgram(definition, run, program, moduleGuard, commands.sourcePath) : nil,
            policy: policy,
            limits: limits,
            compileLimits: compileLimits ?? definition.compile?.limits ?? .compileDefaults,
            own: (program.arguments.count, Set(program.environment.keys)),
        )
    }

    /// The memory limit from which on a program runs in an interpreter that has started.
    ///
    /// What a copy shares with its zygote is known to about a megabyte, which decides under a limit of a few.
    private static let smallestWarmMemory = ByteCount.megabytes(32)

    /// What a zygote would wait to look at: the program, or the guard before it.
    ///
    /// An interpreter that has started has read its arguments and environment; programs with their own start it afresh.
    private static func warmProgram(
        _ definition: LanguageDefinition,
        _ run: ExecutionPlan.Command,
        _ program: Program,
        _ moduleGuard: ModuleGuard?,
        _ sourcePath: String,
    ) -> String? {
        guard definition.run.warmth == .fork, definition.compile == nil, program.arguments.isEmpty,
            program.environment.isEmpty, !program.joinsOutputs
        else { return nil }
        let path = moduleGuard?.startPath ?? sourcePath
        return run.arguments.contains(path) ? path : nil
    }

    /// The caller's mistake behind a launch failure, if it was one.
    func refusal(for failure: LaunchFailure) -> SandboxError? {
        switch failure.stage {
        case .execute where failure.number == E2BIG:
            SandboxError(
                .invalidRequest,
                "the arguments and the environment are too long together",
                mend: "pass the data on standard input or in a file",
            )
        default: nil
        }
    }

    // MARK: Checks

    package static func check(_ policy: Policy) throws(SandboxError) {
        if let problem = MountProblem.problems(of: policy.mounts).first { throw problem.error }
        let problem: SandboxError? =
            switch policy.isolation {
            case .namespaces: nil
            case .landlock: FenceProblem.problem(of: policy)
            case .oci(let runtime): ContainerProblem.problem(of: policy, in: runtime)
            }
        if let problem { throw problem }
    }

    package static func check(_ limits: Limits) throws(SandboxError) {
        do throws(QuantityError) {
            try limits.validate()
        } catch {
            throw SandboxError(.invalidRequest, error.message)
        }
    }
}

extension ExecutionPlan.Command {
    /// The command as a language's definition gives it.
    init(_ command: Languages.Command) {
        self.init(
            executable: command.executable,
            arguments: command.arguments,
            environment: command.environment,
        )
    }

    /// The command with its standard error sent to its standard output; it is the same process still.
    fileprivate var joiningOutputs: Self {
        Self(
            executable: "/bin/sh",
            arguments: ["sh", "-c", #"exec "$0" "$@" 2>&1"#, executable] + arguments.dropFirst(),
            environment: environment,
        )
    }
}
