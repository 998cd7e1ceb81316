import Reporting
import SandboxModel
import Service

extension Submission {
    /// The submission as a body that asks for the same again: of limits, those that applied.
    var json: JSONValue {
        let source = EncodedBytes(program.source)
        let input = EncodedBytes(stdin)
        let environment = program.environment.sorted { $0.key < $1.key }
            .map { (key: $0.key, value: JSONValue.string($0.value)) }
        var members: [(key: String, value: JSONValue)] = [
            ("language", .string(program.language)),
            ("code", .string(source.text)),
            ("code_encoding", .string(source.encoding.rawValue)),
            ("stdin", .string(input.text)),
            ("stdin_encoding", .string(input.encoding.rawValue)),
            ("files", .array(program.files.map(\.json))),
            ("args", .array(program.arguments.map(JSONValue.string))),
            ("env", .object(environment)),
            ("collect", .array(program.collect.map(JSONValue.string))),
            ("limits", limits.json),
        ]
        if let name = program.sourceName { members.append(("source_name", .string(name))) }
        if let label { members.append(("label", .string(label))) }
        if let compileLimits { members.append(("compile_limits", compileLimits.json)) }
        members += [
            ("network", .string(policy.network.rawValue)),
            ("filesystem", .string(policy.filesystem.rawValue)),
            ("modules", policy.modules.json),
            ("priority", .integer(priority)),
        ]
        return .object(members)
    }
}

extension ProgramFile {
    fileprivate var json: JSONValue {
        let content = EncodedBytes(contents)
        return [
            "path": .string(path), "content": .string(content.text),
            "encoding": .string(content.encoding.rawValue), "executable": .bool(executable),
        ]
    }
}
