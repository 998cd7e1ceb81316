import Foundation
import Reporting
import SandboxModel

/// A submission as the database keeps it: JSON, with bytes in base64.
struct SubmissionCoding: Decodable {
    private struct File: Decodable {
        var path: String
        var contents: Data
        var executable: Bool
    }

    private var language: String
    private var source: Data
    private var sourceName: String?
    private var files: [File]
    private var arguments: [String]
    private var compilerOptions: [String]?
    private var joinsOutputs: Bool?
    private var environment: [String: String]
    private var collect: [String]
    private var stdin: Data
    private var policy: Policy
    private var limits: Limits
    private var compileLimits: Limits?
    private var capped: [CappedLimit]
    private var priority: Int
    private var label: String?
    private var note: InterfaceNote?
    /// Absent when it is not; ``Store/recover(_:attempts:at:)`` asks for it by this name.
    private var interactive: Bool?

    private var submission: Submission {
        Submission(
            program: Program(
                language: language,
                source: Array(source),
                sourceName: sourceName,
                files: files.map {
                    ProgramFile(path: $0.path, contents: Array($0.contents), executable: $0.executable)
                },
                arguments: arguments,
                compilerOptions: compilerOptions ?? [],
                joinsOutputs: joinsOutputs ?? false,
                environment: environment,
                collect: collect,
            ),
            stdin: Array(stdin),
            policy: policy,
            limits: limits,
            compileLimits: compileLimits,
            capped: capped,
            priority: priority,
            label: label,
            note: note,
            isInteractive: interactive ?? false,
        )
    }

    /// The text that ``decode(_:)`` reads; equal submissions have equal texts.
    ///
    /// What says nothing is left out, as in what was kept before there was any of it. Put together here, since it takes processors
    /// from the program: JSONEncoder was 66 of the 77 µs that accepting a submission took.
    static func encode(_ submission: Submission) -> Data {
        let program = submission.program
        var members: [(key: String, value: JSONValue)] = [
            ("language", .string(program.language)),
            ("source", .base64(program.source)),
            ("files", .array(program.files.map(\.json))),
            ("arguments", .strings(program.arguments)),
            (
                "environment",
                .object(program.environment.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }),
            ),
            ("collect", .strings(program.collect)),
            ("stdin", .base64(submission.stdin)),
            ("policy", submission.policy.json),
            ("limits", submission.limits.json),
            ("capped", .array(submission.capped.map(\.json))),
            ("priority", .integer(submission.priority)),
        ]
        if let name = program.sourceName { members.append(("sourceName", .string(name))) }
        if !program.compilerOptions.isEmpty {
            members.append(("compilerOptions", .strings(program.compilerOptions)))
        }
        if program.joinsOutputs { members.append(("joinsOutputs", .bool(true))) }
        if let limits = submission.compileLimits { members.append(("compileLimits", limits.json)) }
        if let label = submission.label { members.append(("label", .string(label))) }
        if let note = submission.note { members.append(("note", note.json)) }
        if submission.isInteractive { members.append(("interactive", .bool(true))) }
        return Data(JSONValue.object(members).serialized())
    }

    static func decode(_ data: Data) throws -> Submission {
        try JSONDecoder().decode(Self.self, from: data).submission
    }
}

extension ProgramFile {
    fileprivate var json: JSONValue {
        ["path": .string(path), "contents": .base64(contents), "executable": .bool(executable)]
    }
}

extension Policy {
    fileprivate var json: JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("network", .string(network.rawValue)),
            ("filesystem", .string(filesystem.rawValue)),
            ("mounts", .array(mounts.map(\.json))),
            ("modules", modules.json),
            ("allow_missing", .strings(allowMissing.map(\.rawValue).sorted())),
        ]
        if isolation != .namespaces { members.append(("isolation", .string(isolation.rawValue))) }
        return .object(members)
    }
}

extension Mount {
    fileprivate var json: JSONValue {
        [
            "source": .string(source), "destination": .string(destination), "writable": .bool(writable),
        ]
    }
}

extension InterfaceNote {
    fileprivate var json: JSONValue {
        [
            "interface": .string(interface), "group": JSONValue(group, JSONValue.string),
            "contents": .base64(contents),
        ]
    }
}

extension JSONValue {
    fileprivate static func strings(_ texts: [String]) -> Self { .array(texts.map(Self.string)) }

    fileprivate static func base64(_ bytes: some DataProtocol) -> Self {
        .string(Data(bytes).base64EncodedString())
    }
}
