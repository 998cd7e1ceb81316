import SandboxModel

extension SampleResult {
    /// The sample as an object: what the batch knows of it, then everything its result says.
    var json: JSONValue {
        let source = EncodedBytes(source)
        let members: [(key: String, value: JSONValue)] = [
            ("index", .integer(index)),
            ("description", .string(description)),
            ("passed", .bool(passed)),
            ("expectation_failures", .array(expectationFailures.map(JSONValue.string))),
            ("hash", .string(hash)),
            ("started_at", .seconds(startedAt)),
            ("resumed", .bool(resumed)),
            ("runs", JSONValue(runs, \.json)),
            ("audit", .array(auditFindings.map(\.json))),
            ("source", .string(source.text)),
            ("source_encoding", .string(source.encoding.rawValue)),
        ]
        return .object(members + result.jsonMembers)
    }
}

extension RunSpread {
    fileprivate var json: JSONValue {
        [
            "count": .integer(count),
            "passed": .integer(passed),
            "flaky": .bool(flaky),
            "verdicts": .array(verdicts.map { .string($0.rawValue) }),
            "distinct_outcomes": .integer(distinctOutcomes),
            "minimum": .seconds(minimum),
            "median": .seconds(median),
            "maximum": .seconds(maximum),
        ]
    }
}

extension AuditFinding {
    fileprivate var json: JSONValue {
        [
            "tool": .string(tool),
            "rule": .string(rule),
            "name": .string(name),
            "severity": .string(severity.rawValue),
            "confidence": .string(confidence.rawValue),
            "message": .string(message),
            "path": .string(path),
            "line": .integer(line),
            "end_line": .integer(endLine),
            "column": JSONValue(column, JSONValue.integer),
            "weakness": JSONValue(weakness, JSONValue.integer),
            "help": JSONValue(help, JSONValue.string),
        ]
    }
}

extension SkippedSample {
    /// The sample as an object.
    fileprivate var json: JSONValue {
        [
            "index": .integer(index),
            "description": .string(description),
            "language": .string(language),
            "reason": .string(reason),
        ]
    }
}

extension BatchSummary {
    /// The counts as an object; verdicts in the order of ``Verdict``, languages by name.
    var json: JSONValue {
        let verdicts = Verdict.allCases.compactMap { verdict in
            self.verdicts[verdict].map { (key: verdict.rawValue, value: JSONValue.integer($0)) }
        }
        let languages = self.languages.sorted { $0.key < $1.key }.map { name, tally in
            let value: JSONValue = ["total": .integer(tally.total), "passed": .integer(tally.passed)]
            return (key: name, value: value)
        }
        return [
            "total": .integer(total),
            "skipped": .array(skipped.map(\.json)),
            "finished": .integer(finished),
            "passed": .integer(passed),
            "failed": .integer(failed),
            "cancelled": .integer(cancelled),
            "not_started": .integer(notStarted),
            "resumed": .integer(resumed),
            "flaky": .integer(flaky),
            "interrupted": .bool(interrupted),
            "success_rate": .number(successRate),
            "failure_rate": .number(failureRate),
            "wall_time": .seconds(wallTime),
            "cpu_time": .seconds(cpuTime),
            "peak_memory": .integer(peakMemory.bytes),
            "verdicts": .object(verdicts),
            "languages": .object(languages),
        ]
    }
}
