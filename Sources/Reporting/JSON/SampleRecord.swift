import SandboxModel

/// Reads the object of one sample of a batch again.
struct SampleRecord: Decodable {
    let sample: SampleResult

    private enum CodingKeys: String, CodingKey {
        case index, description, passed, hash, resumed, runs, audit, source
        case expectationFailures = "expectation_failures"
        case startedAt = "started_at"
        case sourceEncoding = "source_encoding"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        sample = SampleResult(
            index: try container.decode(Int.self, forKey: .index),
            description: try container.decode(String.self, forKey: .description),
            hash: try container.decode(String.self, forKey: .hash),
            source: try container.decodeBytes(.source, encoding: .sourceEncoding),
            result: try ResultRecord(from: decoder).result,
            passed: try container.decode(Bool.self, forKey: .passed),
            expectationFailures: try container.decode([String].self, forKey: .expectationFailures),
            startedAt: try container.decodeSeconds(forKey: .startedAt),
            runs: try container.decodeIfPresent(RunSpread.self, forKey: .runs),
            resumed: try container.decode(Bool.self, forKey: .resumed),
            auditFindings: try container.decode([AuditFinding].self, forKey: .audit),
        )
    }
}
