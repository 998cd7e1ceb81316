import Foundation
import SandboxModel

/// A submission as the database keeps it: JSON, with bytes in base64.
struct SubmissionCoding: Codable {
    private struct File: Codable {
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

    private init(_ submission: Submission) {
        let program = submission.program
        language = program.language
        source = Data(program.source)
        sourceName = program.sourceName
        files = program.files.map {
            File(path: $0.path, contents: Data($0.contents), executable: $0.executable)
        }
        arguments = program.arguments
        // Left out where they say nothing, as in what was kept before there were any.
        compilerOptions = program.compilerOptions.isEmpty ? nil : program.compilerOptions
        joinsOutputs = program.joinsOutputs ? true : nil
        environment = program.environment
        collect = program.collect
        stdin = Data(submission.stdin)
        policy = submission.policy
        limits = submission.limits
        compileLimits = submission.compileLimits
        capped = submission.capped
        priority = submission.priority
        label = submission.label
        note = submission.note
        interactive = submission.isInteractive ? true : nil
    }

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

    /// Keys are sorted, so that equal submissions have equal bytes.
    static func encode(_ submission: Submission) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(Self(submission))
    }

    static func decode(_ data: Data) throws -> Submission {
        try JSONDecoder().decode(Self.self, from: data).submission
    }
}
