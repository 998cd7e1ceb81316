package import SandboxModel

extension ExecutionResult {
    /// The members of the result's JSON object, in the order they are documented.
    package var jsonMembers: [(key: String, value: JSONValue)] {
        var members: [(key: String, value: JSONValue)] = [
            ("language", .string(language)),
            ("version", JSONValue(version, JSONValue.string)),
            ("status", .string(verdict.status.rawValue)),
            ("verdict", .string(verdict.rawValue)),
            ("success", .bool(success)),
            ("timed_out", .bool(verdict.timedOut)),
        ]
        members += terminationMembers(of: termination)
        members += stdout.jsonMembers(named: "stdout")
        members += stderr.jsonMembers(named: "stderr")
        members += [
            ("execution_time", .seconds(usage.wallTime)),
            ("error_message", JSONValue(errorMessage, JSONValue.string)),
            ("evidence", JSONValue(evidence, \.json)),
            ("usage", usage.json),
            ("limits", limits.json),
            ("limits_hit", .array(limitsHit.map(\.json))),
            ("isolation", isolation.json),
            ("violations", .array(violations.map(\.json))),
            ("compile", JSONValue(compile, \.json)),
            ("files", .array(files.map(\.json))),
            ("files_complete", .bool(filesComplete)),
            ("samples", .array(samples.map(\.json))),
        ]
        return members
    }
}

extension StageResult {
    fileprivate var json: JSONValue {
        var members = terminationMembers(of: termination)
        members += stdout.jsonMembers(named: "stdout")
        members += stderr.jsonMembers(named: "stderr")
        members += [
            ("execution_time", .seconds(usage.wallTime)),
            ("usage", usage.json),
            ("limits", limits.json),
            ("limit_exceeded", JSONValue(limitExceeded, \.json)),
            ("cached", .bool(cached)),
        ]
        return .object(members)
    }
}

/// How a main process ended: -1 and null when it never started.
private func terminationMembers(of termination: Termination?) -> [(key: String, value: JSONValue)] {
    [
        ("exit_code", .integer(Int(termination?.exitCode ?? -1))),
        ("signal", JSONValue(termination?.signal) { .integer(Int($0)) }),
        ("signal_name", JSONValue(termination?.signal) { .string(signalName($0)) }),
    ]
}

extension CapturedOutput {
    fileprivate func jsonMembers(named name: String) -> [(key: String, value: JSONValue)] {
        let content = EncodedBytes(bytes)
        return [
            (name, .string(content.text)),
            ("\(name)_encoding", .string(content.encoding.rawValue)),
            ("\(name)_truncated", .bool(truncated)),
            ("\(name)_bytes", .integer(total)),
        ]
    }
}

extension Evidence {
    fileprivate var json: JSONValue {
        [
            "source": .string(source),
            "value": .string(value),
            "attested_by": .string(attestedBy.rawValue),
        ]
    }
}

extension Usage {
    fileprivate var json: JSONValue {
        [
            "wall_time": .seconds(wallTime),
            "cpu_time": .seconds(cpuTime),
            "user_time": .seconds(userTime),
            "system_time": .seconds(systemTime),
            "memory": .integer(memory.bytes),
            "processes": .integer(processes),
            "output": .integer(output.bytes),
            "disk": .integer(disk.bytes),
        ]
    }
}

extension Limits {
    /// The limits as results give them: seconds and bytes.
    package var json: JSONValue {
        [
            "wall_time": .seconds(wallTime),
            "cpu_time": .seconds(cpuTime),
            "cpu_share": JSONValue(cpuShare, JSONValue.number),
            "memory": .integer(memory.bytes),
            "processes": .integer(processes),
            "output": .integer(output.bytes),
            "output_overflow": .string(outputOverflow.rawValue),
            "disk": .integer(disk.bytes),
            "file_size": .integer(fileSize.bytes),
            "open_files": .integer(openFiles),
            "stack": .integer(stack.bytes),
        ]
    }
}

extension LimitHit {
    fileprivate var json: JSONValue { ["limit": .string(limit.rawValue), "evidence": evidence.json] }
}

extension Isolation {
    fileprivate var json: JSONValue {
        [
            "kind": .string(kind.rawValue),
            "enforcement": .string(enforcement.rawValue),
            "layers": .array(layers.map { .string($0.rawValue) }),
            "missing": .array(missing.map { .string($0.rawValue) }),
            "network": .string(network.rawValue),
            "filesystem": .string(filesystem.rawValue),
            "private_directory": JSONValue(privateDirectory, JSONValue.string),
            "modules": JSONValue(modules) { modules in
                [
                    "denied": .array(modules.denied.map(JSONValue.string)),
                    "allowed": JSONValue(modules.allowed) { .array($0.map(JSONValue.string)) },
                ]
            },
        ]
    }
}

extension Violation {
    fileprivate var json: JSONValue {
        [
            "kind": .string(kind.rawValue),
            "name": .string(name),
            "arguments": .array(arguments.map(JSONValue.string)),
            "count": .integer(count),
            "attested_by": .string(attestedBy.rawValue),
        ]
    }
}

extension CollectedFile {
    fileprivate var json: JSONValue {
        let content = EncodedBytes(contents)
        return [
            "path": .string(path),
            "size": .integer(contents.count),
            "encoding": .string(content.encoding.rawValue),
            "content": .string(content.text),
        ]
    }
}

extension ResourceSample {
    fileprivate var json: JSONValue {
        ["time": .seconds(time), "cpu_time": .seconds(cpuTime), "memory": .integer(memory.bytes)]
    }
}
