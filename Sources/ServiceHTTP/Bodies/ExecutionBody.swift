import Foundation
import Reporting
import SandboxModel
import Service

/// What a caller sends to have a program run.
struct ExecutionBody: Decodable {
    let request: SubmissionRequest

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case language, code
        case codeEncoding = "code_encoding"
        case sourceName = "source_name"
        case stdin
        case stdinEncoding = "stdin_encoding"
        case files, args, env, collect, limits
        case compileLimits = "compile_limits"
        case network, filesystem, modules, priority, label
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        let program = Program(
            language: try container.decode(String.self, forKey: .language),
            source: try container.bytes(.code, encoding: .codeEncoding),
            sourceName: try container.decodeIfPresent(String.self, forKey: .sourceName),
            files: try container.decodeIfPresent([FileBody].self, forKey: .files)?.map(\.file) ?? [],
            arguments: try container.decodeIfPresent([String].self, forKey: .args) ?? [],
            environment: try container.decodeIfPresent([String: String].self, forKey: .env) ?? [:],
            collect: try container.decodeIfPresent([String].self, forKey: .collect) ?? [],
        )
        request = SubmissionRequest(
            program: program,
            stdin: container.contains(.stdin) ? try container.bytes(.stdin, encoding: .stdinEncoding) : [],
            policy: Policy(
                network: try container.choice(NetworkAccess.self, .network) ?? .none,
                filesystem: try container.choice(FilesystemAccess.self, .filesystem) ?? .none,
                modules: try container.decodeIfPresent(ModulesBody.self, forKey: .modules)?.policy
                    ?? ModulePolicy(),
            ),
            limits: try container.decodeIfPresent(LimitsBody.self, forKey: .limits)?.request
                ?? LimitRequest(),
            compileLimits: try container.decodeIfPresent(LimitsBody.self, forKey: .compileLimits)?.request,
            priority: try container.whole(.priority) ?? 0,
            label: try container.decodeIfPresent(String.self, forKey: .label),
        )
    }
}

/// A file that goes in with a program.
private struct FileBody: Decodable {
    let file: ProgramFile

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case path, content, encoding, executable
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        file = ProgramFile(
            path: try container.decode(String.self, forKey: .path),
            contents: try container.bytes(.content, encoding: .encoding),
            executable: try container.decodeIfPresent(Bool.self, forKey: .executable) ?? false,
        )
    }
}

/// Module lists.
private struct ModulesBody: Decodable {
    let policy: ModulePolicy

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case denied, allowed
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        policy = ModulePolicy(
            denied: try container.decodeIfPresent([String].self, forKey: .denied) ?? [],
            allowed: try container.decodeIfPresent([String].self, forKey: .allowed),
        )
    }
}

/// The executions of a batch.
struct BatchBody: Decodable {
    let requests: [SubmissionRequest]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case executions
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        requests = try container.decode([ExecutionBody].self, forKey: .executions).map(\.request)
    }
}

extension KeyedDecodingContainer {
    /// Bytes that are text, or base64 where another member says so.
    func bytes(_ key: Key, encoding: Key) throws -> [UInt8] {
        let text = try decode(String.self, forKey: key)
        guard
            let bytes = EncodedBytes(
                text: text,
                encoding: try choice(EncodedBytes.Encoding.self, encoding) ?? .utf8,
            ).bytes
        else { throw BodyMistake(at: codingPath + [key], "is not base64") }
        return bytes
    }
}
