import SandboxModel

/// Reads the object of one result again.
struct ResultRecord: Decodable {
    let result: ExecutionResult

    private enum CodingKeys: String, CodingKey {
        case language, version, verdict, evidence, usage, limits, isolation, violations, compile, files,
            samples
        case errorMessage = "error_message"
        case limitsHit = "limits_hit"
        case filesComplete = "files_complete"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        result = ExecutionResult(
            language: try container.decode(String.self, forKey: .language),
            version: try container.decodeIfPresent(String.self, forKey: .version),
            verdict: try container.decode(Verdict.self, forKey: .verdict),
            termination: try TerminationRecord(from: decoder).termination,
            evidence: try container.decodeIfPresent(Evidence.self, forKey: .evidence),
            stdout: try CapturedOutput(named: "stdout", from: decoder),
            stderr: try CapturedOutput(named: "stderr", from: decoder),
            errorMessage: try container.decodeIfPresent(String.self, forKey: .errorMessage),
            usage: try container.decode(Usage.self, forKey: .usage),
            limits: try container.decode(Limits.self, forKey: .limits),
            limitsHit: try container.decode([LimitHit].self, forKey: .limitsHit),
            isolation: try container.decode(Isolation.self, forKey: .isolation),
            violations: try container.decode([Violation].self, forKey: .violations),
            compile: try container.decodeIfPresent(StageRecord.self, forKey: .compile)?.stage,
            files: try container.decode([FileRecord].self, forKey: .files).map(\.file),
            // Reports of versions that did not tell do not have it.
            filesComplete: try container.decodeIfPresent(Bool.self, forKey: .filesComplete) ?? true,
            samples: try container.decode([ResourceSampleRecord].self, forKey: .samples).map(\.sample),
        )
    }
}

private struct StageRecord: Decodable {
    let stage: StageResult

    private enum CodingKeys: String, CodingKey {
        case usage, limits, cached
        case limitExceeded = "limit_exceeded"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        stage = StageResult(
            termination: try TerminationRecord(from: decoder).termination,
            stdout: try CapturedOutput(named: "stdout", from: decoder),
            stderr: try CapturedOutput(named: "stderr", from: decoder),
            usage: try container.decode(Usage.self, forKey: .usage),
            limits: try container.decode(Limits.self, forKey: .limits),
            limitExceeded: try container.decodeIfPresent(LimitHit.self, forKey: .limitExceeded),
            // Reports of versions without a cache do not have it.
            cached: try container.decodeIfPresent(Bool.self, forKey: .cached) ?? false,
        )
    }
}

private struct TerminationRecord: Decodable {
    let termination: Termination?

    private enum CodingKeys: String, CodingKey {
        case exitCode = "exit_code"
        case signal
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let exitCode = try container.decode(Int32.self, forKey: .exitCode)
        if let signal = try container.decodeIfPresent(Int32.self, forKey: .signal) {
            termination = .signaled(signal)
        } else {
            // A process exits with 0 to 255; -1 says that it did not exit by itself.
            termination = exitCode < 0 ? nil : .exited(code: exitCode)
        }
    }
}

private struct FileRecord: Decodable {
    let file: CollectedFile

    private enum CodingKeys: String, CodingKey {
        case path, encoding, content
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        file = CollectedFile(
            path: try container.decode(String.self, forKey: .path),
            contents: try container.decodeBytes(.content, encoding: .encoding),
        )
    }
}

private struct ResourceSampleRecord: Decodable {
    let sample: ResourceSample

    private enum CodingKeys: String, CodingKey {
        case time
        case cpuTime = "cpu_time"
        case memory
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        sample = ResourceSample(
            time: try container.decodeSeconds(forKey: .time),
            cpuTime: try container.decodeSeconds(forKey: .cpuTime),
            memory: try container.decode(ByteCount.self, forKey: .memory),
        )
    }
}

extension CapturedOutput {
    /// Reads the four keys of one stream.
    fileprivate init(named name: String, from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: StreamKey.self)
        self.init(
            bytes: try container.decodeBytes(StreamKey(name), encoding: StreamKey("\(name)_encoding")),
            truncated: try container.decode(Bool.self, forKey: StreamKey("\(name)_truncated")),
            total: try container.decode(Int.self, forKey: StreamKey("\(name)_bytes")),
        )
    }
}

/// A key that is made from a stream's name.
private struct StreamKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }

    init?(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer {
    /// Reads bytes that were written as text or as base64.
    func decodeBytes(_ key: Key, encoding: Key) throws -> [UInt8] {
        let content = EncodedBytes(
            text: try decode(String.self, forKey: key),
            encoding: try decode(EncodedBytes.Encoding.self, forKey: encoding),
        )
        guard let bytes = content.bytes else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "not base64")
        }
        return bytes
    }
}
