package import LaunchProtocol
package import SandboxModel

/// What is told of a record once the program's output has been: why it ended so, what it left, and what a compiler said.
///
/// Reading the record's JSON instead would take as long as starting a small program.
package struct LocalEnding: Sendable, Hashable {
    /// The record, without the program's output, its violations and its readings over time.
    package let result: ExecutionResult

    /// What is told of `record`.
    package init(_ record: ExecutionResult) {
        var result = record
        result.stdout.bytes = []
        result.stderr.bytes = []
        result.violations = []
        result.samples = []
        self.result = result
    }
}

extension LocalEnding: WireCodable {
    package func write(to writer: inout WireWriter) {
        writer.write(result.language)
        writer.write(optional: result.version) { $0.write($1) }
        writer.write(result.verdict.rawValue)
        writer.write(optional: result.termination) { $0.write($1) }
        writer.write(optional: result.evidence) { $0.write($1) }
        writer.write(result.stdout)
        writer.write(result.stderr)
        writer.write(optional: result.errorMessage) { $0.write($1) }
        writer.write(result.usage)
        writer.write(result.limits)
        writer.write(UInt32(result.limitsHit.count))
        for hit in result.limitsHit { writer.write(hit) }
        writer.write(result.isolation)
        writer.write(optional: result.compile) { writer, stage in
            writer.write(optional: stage.termination) { $0.write($1) }
            writer.write(stage.stdout)
            writer.write(stage.stderr)
            writer.write(stage.usage)
            writer.write(stage.limits)
            writer.write(optional: stage.limitExceeded) { $0.write($1) }
            writer.write(stage.cached)
        }
        writer.write(UInt32(result.files.count))
        for file in result.files {
            writer.write(file.path)
            writer.write(file.contents)
        }
        writer.write(result.filesComplete)
    }

    package init(from reader: inout WireReader) throws(MalformedMessage) {
        let language = try reader.readString()
        let version = try reader.readOptional { reader throws(MalformedMessage) in try reader.readString() }
        let verdict = try reader.readNamed(Verdict.self)
        let termination = try reader.readOptional { reader throws(MalformedMessage) in
            try reader.readTermination()
        }
        let evidence = try reader.readOptional { reader throws(MalformedMessage) in try reader.readEvidence()
        }
        let (stdout, stderr) = (try reader.readOutput(), try reader.readOutput())
        let message = try reader.readOptional { reader throws(MalformedMessage) in try reader.readString() }
        var result = ExecutionResult(
            language: language,
            version: version,
            verdict: verdict,
            termination: termination,
            evidence: evidence,
            stdout: stdout,
            stderr: stderr,
            errorMessage: message,
            usage: try reader.readUsage(),
            limits: try reader.readLimits(),
            isolation: Isolation(layers: []),
        )
        for _ in 0..<(try reader.read(UInt32.self)) { result.limitsHit.append(try reader.readHit()) }
        result.isolation = try reader.readIsolation()
        result.compile = try reader.readOptional { reader throws(MalformedMessage) in
            StageResult(
                termination: try reader.readOptional { reader throws(MalformedMessage) in
                    try reader.readTermination()
                },
                stdout: try reader.readOutput(),
                stderr: try reader.readOutput(),
                usage: try reader.readUsage(),
                limits: try reader.readLimits(),
                limitExceeded: try reader.readOptional { reader throws(MalformedMessage) in
                    try reader.readHit()
                },
                cached: try reader.readBool(),
            )
        }
        for _ in 0..<(try reader.read(UInt32.self)) {
            result.files.append(
                CollectedFile(path: try reader.readString(), contents: try reader.readBytes())
            )
        }
        result.filesComplete = try reader.readBool()
        self.result = result
    }
}
