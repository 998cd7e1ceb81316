import HTTPTypes
import Hummingbird
import Languages
import Reporting
import SandboxModel
import Service
import ServiceHTTP

/// `/languages` and `/statuses`.
struct LanguageRoutes: Sendable {
    let service: ExecutionService

    func add(to group: RouterGroup<ServiceContext>) {
        group.get("languages", use: list)
        group.get("languages/all", use: listAll)
        group.get("languages/:id", use: get)
        group.get("statuses", use: statuses)
    }

    /// Those that programs can be written in here.
    @Sendable private func list(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try context.caller.require(.read)
        let present = await LanguageList(service).entries.filter(\.isPresent)
        return JSONValue.array(present.map { .object($0.names) }).response()
    }

    /// All that are known; those that are not installed are archived.
    @Sendable private func listAll(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try context.caller.require(.read)
        let entries = await LanguageList(service).entries
        return JSONValue.array(entries.map { .object($0.names + [$0.archived]) }).response()
    }

    @Sendable private func get(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try context.caller.require(.read)
        guard let id = context.parameters.get("id").flatMap({ Int($0) }),
            let entry = await LanguageList(service)[id]
        else { throw ServiceError(.notFound, "there is no such language") }
        return JSONValue.object(entry.names + [entry.archived] + commands(entry)).response()
    }

    @Sendable private func statuses(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try context.caller.require(.read)
        return JSONValue.array(Judge0Status.allCases.map(\.json)).response()
    }

    /// How a program is compiled and run, as lines that a person understands.
    private func commands(_ entry: LanguageList.Entry) -> [(key: String, value: JSONValue)] {
        var program = Program(language: entry.language.language, source: [])
        // A project has no archive here, and is run as any.
        try? ProgramShape(entry.language.kind).shape(&program)
        let limits = Limits()
        let commands = (try? service.languages.resolve(entry.language.language))?
            .commands(for: program, memory: limits.memory, processes: limits.processes)
        let compile = commands?.compile.map(\.line).joined(separator: " && ")
        let source =
            switch entry.language.kind {
            case .program: commands?.sourcePath
            case .plainText: ProgramShape.textName
            case .executable: ProgramShape.executableName
            case .project: String?.none
            }
        return [
            ("source_file", JSONValue(source, JSONValue.string)),
            ("compile_cmd", JSONValue(compile?.isEmpty == false ? compile : nil, JSONValue.string)),
            ("run_cmd", JSONValue(commands?.run.line, JSONValue.string)),
        ]
    }
}

extension LanguageList.Entry {
    fileprivate var names: [(key: String, value: JSONValue)] {
        [("id", .integer(language.id)), ("name", .string(name))]
    }

    fileprivate var archived: (key: String, value: JSONValue) { ("is_archived", .bool(!isPresent)) }
}

extension Languages.Command {
    /// The command as a line.
    fileprivate var line: String { arguments.joined(separator: " ") }
}
