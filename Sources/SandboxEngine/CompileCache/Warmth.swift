import Languages
import SandboxModel

/// What can be made ahead for one program's compile stage, and where it is on the host once that was done.
struct Warmth: Sendable {
    private let commands: WarmCommands
    /// The host directory that holds it, if it was made.
    var directory: String?

    /// What `commands` make.
    init(_ commands: WarmCommands) { self.commands = commands }

    /// What tells it from others: language and header.
    var label: String { commands.label }

    /// The compile stage's commands, with what was made ahead where it was.
    func warming(_ compile: [ExecutionPlan.Command]) -> [ExecutionPlan.Command] {
        guard directory != nil else { return compile }
        return compile.map { command in
            var command = command
            command.arguments.insert(contentsOf: self.commands.arguments, at: 1)
            command.environment.merge(self.commands.environment) { $1 }
            return command
        }
    }

    /// The plan that makes it for programs like that of `plan`: a compile stage of our own source.
    ///
    /// Nothing of a program goes into it, so that its address is the same for all. It runs where a layer is missing as well:
    /// what is compiled is ours.
    func making(for plan: ExecutionPlan) -> ExecutionPlan {
        ExecutionPlan(
            language: plan.language,
            family: plan.family,
            implementation: plan.implementation,
            files: commands.files,
            compile: commands.steps.map(ExecutionPlan.Command.init),
            run: ExecutionPlan.Command(executable: "/bin/true", arguments: ["true"], environment: [:]),
            readOnlyPaths: plan.readOnlyPaths,
            policy: Policy(allowMissing: Set(Layer.allCases)),
            limits: Limits(),
            compileLimits: Limits(
                wallTime: .seconds(600),
                cpuTime: .seconds(600),
                memory: .megabytes(2_000),
                processes: 256,
                output: .megabytes(1),
                outputOverflow: .truncate,
                disk: WarmStore.largestEntry,
                fileSize: WarmStore.largestEntry,
                openFiles: 1_024,
            ),
        )
    }
}
