import Hummingbird
import Languages
import Reporting
import Service

/// `/v1/languages`: what programs can be written in here.
struct LanguageRoutes {
    let service: ExecutionService

    func add(to group: RouterGroup<ServiceContext>) {
        group.get("languages", use: list)
    }

    @Sendable private func list(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try context.caller.require(.read)
        let languages = await service.installedLanguages()
        let answer: JSONValue = ["languages": .array(languages.map(\.json))]
        return answer.response()
    }
}

extension InstalledLanguage {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "display_name": .string(displayName),
            "family": .string(family.rawValue),
            "version": JSONValue(version, JSONValue.string), "present": .bool(present),
            "extensions": .array(extensions.map(JSONValue.string)),
            "aliases": .array(aliases.map(JSONValue.string)),
            "install": JSONValue(install, JSONValue.string),
        ]
    }
}
