import Crypto
import SandboxModel

extension BatchSample {
    /// The SHA-256 of everything that decides the sample's outcome, in hexadecimal.
    ///
    /// Covers the program, its files, arguments, environment, standard input, policy, limits, expectation and audit;
    /// not the description and not the place in the file. The contents of mounted directories are not covered.
    public var contentHash: String {
        var encoder = CanonicalEncoder()
        encoder.text("sanderling sample 1")
        encoder.program(program)
        encoder.bytes(standardInput)
        encoder.policy(policy)
        encoder.limits(limits)
        encoder.expectation(expectation)
        encoder.flag(audit)
        return SHA256.hash(data: encoder.encoded).hexadecimal
    }
}

/// Bytes that two samples share only when their fields are equal: every field carries its length.
private struct CanonicalEncoder {
    private(set) var encoded: [UInt8] = []

    mutating func number(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: Int64(value).littleEndian) { encoded.append(contentsOf: $0) }
    }

    mutating func flag(_ value: Bool) { encoded.append(value ? 1 : 0) }

    mutating func bytes(_ value: some Collection<UInt8>) {
        number(value.count)
        encoded.append(contentsOf: value)
    }

    mutating func text(_ value: String) { bytes(value.utf8) }

    mutating func texts(_ values: [String]) {
        number(values.count)
        for value in values { text(value) }
    }

    /// Writes a value that may be absent so that absence differs from every value.
    mutating func optional<Value>(_ value: Value?, _ write: (inout Self, Value) -> Void) {
        flag(value != nil)
        if let value { write(&self, value) }
    }

    mutating func program(_ program: Program) {
        text(program.language)
        bytes(program.source)
        optional(program.sourceName) { $0.text($1) }
        number(program.files.count)
        for file in program.files.sorted(by: { $0.path < $1.path }) {
            text(file.path)
            bytes(file.contents)
            flag(file.executable)
        }
        texts(program.arguments)
        texts(program.environment.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
        texts(program.collect)
    }

    mutating func policy(_ policy: Policy) {
        text(policy.network.rawValue)
        text(policy.filesystem.rawValue)
        number(policy.mounts.count)
        for mount in policy.mounts {
            text(mount.source)
            text(mount.destination)
            flag(mount.writable)
        }
        texts(policy.modules.denied.sorted())
        optional(policy.modules.allowed) { $0.texts($1.sorted()) }
        texts(policy.allowMissing.map(\.rawValue).sorted())
        // Hashes from before there was a choice stay as they were.
        if policy.isolation != .namespaces { text(policy.isolation.rawValue) }
    }

    mutating func limits(_ limits: Limits) {
        number(limits.wallTime.inNanoseconds)
        number(limits.cpuTime.inNanoseconds)
        optional(limits.cpuShare) { $0.number(Int64(bitPattern: $1.bitPattern)) }
        number(limits.memory.bytes)
        number(limits.processes)
        number(limits.output.bytes)
        text(limits.outputOverflow.rawValue)
        number(limits.disk.bytes)
        number(limits.fileSize.bytes)
        number(limits.openFiles)
        number(limits.stack.bytes)
    }

    mutating func expectation(_ expectation: Expectation) {
        optional(expectation.verdicts) { $0.texts($1.map(\.rawValue).sorted()) }
        optional(expectation.exitCode) { $0.number($1) }
        optional(expectation.stdout) { $0.bytes($1) }
    }
}
