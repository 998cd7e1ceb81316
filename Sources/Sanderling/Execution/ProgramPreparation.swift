import Foundation
import Glibc
import Languages
import LaunchProtocol
import SandboxModel

/// A request, checked and made ready: what will run and what the result will say of it.
struct ProgramPreparation: Sendable {
    /// What goes into the cell.
    let plan: ExecutionPlan
    /// The module lists that apply, or `nil`.
    let modules: ModulePolicy?

    /// A plan that is ready as it is.
    init(plan: ExecutionPlan, modules: ModulePolicy?) {
        self.plan = plan
        self.modules = modules
    }

    /// Checks the request and resolves its commands.
    init(
        _ program: Program,
        in language: ResolvedLanguage,
        policy: Policy,
        limits: Limits,
        compileLimits: Limits?,
    ) throws {
        try Self.check(program)
        try Self.check(policy)
        try Self.check(limits)
        if let compileLimits { try Self.check(compileLimits) }
        let definition = language.definition
        let commands = language.commands(for: program, memory: limits.memory, processes: limits.processes)
        var run = ExecutionPlan.Command(commands.run)
        let moduleGuard = ModuleGuard(definition, policy.modules)
        if let moduleGuard { run = moduleGuard.guarding(run, source: commands.sourcePath) }
        run.environment.merge(program.environment) { _, given in given }
        modules = moduleGuard == nil ? nil : policy.modules
        let files =
            [ProgramFile(path: commands.sourcePath, contents: program.source)] + program.files
            + commands.files
        try Self.check(paths: files.map(\.path))
        plan = ExecutionPlan(
            files: files,
            compile: commands.compile.map(ExecutionPlan.Command.init),
            run: run,
            readOnlyPaths: language.readOnlyPaths,
            privateDirectory: policy.filesystem == .none ? definition.run.privateDirectory : nil,
            moduleGuard: try moduleGuard?.files,
            policy: policy,
            limits: limits,
            compileLimits: compileLimits ?? definition.compile?.limits ?? .compileDefaults,
        )
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

    private static func check(_ program: Program) throws(SandboxError) {
        for text in program.arguments + Array(program.environment.keys) + Array(program.environment.values)
        where text.utf8.contains(0) {
            throw SandboxError(.invalidRequest, "an argument or environment variable holds a NUL byte")
        }
        for name in program.environment.keys where name.isEmpty || name.contains("=") {
            throw SandboxError(.invalidRequest, "'\(name)' is no name for an environment variable")
        }
        for path in program.files.map(\.path) + [program.sourceName].compactMap(\.self) {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard !path.isEmpty, !path.utf8.contains(0),
                !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." })
            else {
                throw SandboxError(
                    .invalidRequest,
                    "'\(path)' is no path for a program's file",
                    mend: "use a path relative to the work directory, without '..'",
                )
            }
        }
    }

    private static func check(paths: [String]) throws(SandboxError) {
        var seen: Set<Substring> = []
        for path in paths {
            // NAME_MAX and PATH_MAX of <linux/limits.h>.
            guard path.split(separator: "/").allSatisfy({ $0.utf8.count <= 255 }), path.utf8.count < 4_000
            else {
                throw SandboxError(
                    .invalidRequest,
                    "the path of file '\(path.prefix(40))…' is too long",
                    mend: "use names of at most 255 bytes, in paths of fewer than 4000",
                )
            }
            guard seen.insert(path[...]).inserted else {
                throw SandboxError(
                    .invalidRequest,
                    "two files have the path '\(path)'",
                    mend: "give each file its own path",
                )
            }
        }
        for path in paths {
            var directory = path[...]
            while let slash = directory.lastIndex(of: "/") {
                directory = directory[..<slash]
                guard !seen.contains(directory) else {
                    throw SandboxError(
                        .invalidRequest,
                        "'\(directory)' is a file's path, and the directory of '\(path)'",
                        mend: "give each file its own path",
                    )
                }
            }
        }
    }

    static func check(_ policy: Policy) throws(SandboxError) {
        // Places that hold what the sandbox itself is made of, and places of which only the whole is.
        let closed: Set = ["proc", "dev", "sanderling", ".scratch"]
        let own: Set = ["etc", "usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "tmp", "work"]
        let writable = policy.mounts.filter(\.writable).map { $0.destination.split(separator: "/") }
        for mount in policy.mounts {
            let paths = [mount.source, mount.destination]
            guard
                paths.allSatisfy({ path in
                    path.hasPrefix("/") && !path.utf8.contains(0)
                        && !path.split(separator: "/").contains { $0 == "." || $0 == ".." }
                })
            else {
                throw SandboxError(
                    .invalidRequest,
                    "a mount needs absolute paths without '..': '\(mount.source)' at '\(mount.destination)'",
                )
            }
            let parts = mount.destination.split(separator: "/")
            guard let first = parts.first.map(String.init), !closed.contains(first),
                parts.count > 1 || !own.contains(first)
            else {
                throw SandboxError(
                    .invalidRequest,
                    "a mount cannot take the place of '\(mount.destination)'",
                    mend: "mount it below a path of its own, such as /data",
                )
            }
            // The way to it would lead through what programs can change: links in there must never be followed.
            guard !writable.contains(where: { parts.count > $0.count && parts.starts(with: $0) }) else {
                throw SandboxError(
                    .invalidRequest,
                    "'\(mount.destination)' lies inside another mount that is writable",
                    mend: "give each mount a place of its own",
                )
            }
            guard FileManager.default.fileExists(atPath: mount.source) else {
                throw SandboxError(.invalidRequest, "there is no '\(mount.source)' to mount")
            }
        }
    }

    static func check(_ limits: Limits) throws(SandboxError) {
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
}
