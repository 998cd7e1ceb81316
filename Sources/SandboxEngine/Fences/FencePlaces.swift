import Languages
import LaunchProtocol

/// Where things are in a fence: among the host's files, as it has no mount tree of its own.
struct FencePlaces: Sendable, Hashable {
    /// Where the program starts and its files are; in a cell, ``CellLayout/work``.
    let work: String
    /// Where temporary files are; in a cell, `/tmp`.
    let temporary: String

    /// The places of a fence in `directory`.
    init(in directory: String) {
        work = directory + "/" + FencePlan.work
        temporary = directory + "/" + FencePlan.temporary
    }

    /// A cell's path as it is here; paths that are the host's stay.
    func path(_ path: String) -> String {
        for (place, own) in [(CellLayout.work, work), ("/tmp", temporary)] {
            if path == place || path.hasPrefix(place + "/") { return own + path.dropFirst(place.count) }
        }
        return path
    }

    /// A word of a command or a variable's value that names a cell's path, by itself or after an option's letters.
    func word(_ word: String) -> String {
        guard let slash = word.firstIndex(of: "/"), slash == word.startIndex || word.hasPrefix("-") else {
            return word
        }
        return word[..<slash] + path(String(word[slash...]))
    }
}

extension ExecutionPlan {
    /// The plan with its commands as they are in a fence; what the program's author wrote stays.
    func fenced(at places: FencePlaces) -> ExecutionPlan {
        var plan = self
        plan.run = run.fenced(
            at: places,
            keeping: own.arguments,
            own.variables,
        )
        plan.compile = compile.map { $0.fenced(at: places, keeping: 0, []) }
        plan.privateDirectory = privateDirectory.map(places.path)
        return plan
    }
}

extension ExecutionPlan.Command {
    fileprivate func fenced(
        at places: FencePlaces,
        keeping arguments: Int,
        _ variables: Set<String>,
    ) -> ExecutionPlan.Command {
        var command = self
        command.executable = places.path(executable)
        let count = max(0, self.arguments.count - arguments)
        command.arguments = self.arguments.prefix(count).map(places.word) + self.arguments.suffix(arguments)
        for (name, value) in environment where !variables.contains(name) {
            command.environment[name] = places.word(value)
        }
        return command
    }
}
