/// A message that ended too early or holds a value that has no meaning.
public struct MalformedMessage: Error, Sendable, Hashable {
    /// A malformed message.
    public init() {}
}

/// A value that has a form on the wire between host, launcher and init.
///
/// All three are of one build (the host refuses another's launcher), so the form has no versions.
public protocol WireCodable: Sendable {
    /// Appends the value.
    func write(to writer: inout WireWriter)
    /// Reads the value that `write` wrote.
    init(from reader: inout WireReader) throws(MalformedMessage)
}

extension WireCodable {
    /// The value's bytes.
    public var wireBytes: [UInt8] {
        var writer = WireWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// The value that `bytes` hold, all of them.
    public init(wireBytes bytes: [UInt8]) throws(MalformedMessage) {
        var reader = WireReader(bytes)
        self = try Self(from: &reader)
        guard reader.isAtEnd else { throw MalformedMessage() }
    }
}

/// Collects bytes: integers little-endian, sequences with their count before them.
public struct WireWriter {
    /// What was written so far.
    public var bytes: [UInt8] { written }
    @usableFromInline var written: [UInt8] = []

    /// Nothing written yet.
    public init() {}

    /// Appends an integer.
    @inlinable
    public mutating func write<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { written.append(contentsOf: $0) }
    }

    /// Appends a truth value.
    public mutating func write(_ value: Bool) { written.append(value ? 1 : 0) }

    /// Appends bytes.
    public mutating func write(_ value: [UInt8]) {
        write(UInt32(value.count))
        written += value
    }

    /// Appends text as UTF-8.
    public mutating func write(_ value: String) { write(Array(value.utf8)) }

    /// Appends numbers.
    public mutating func write(numbers: [UInt32]) {
        write(UInt32(numbers.count))
        for number in numbers { write(number) }
    }

    /// Appends byte strings.
    public mutating func write(strings: [[UInt8]]) {
        write(UInt32(strings.count))
        for string in strings { write(string) }
    }

    /// Appends a value.
    public mutating func write(_ value: some WireCodable) { value.write(to: &self) }

    /// Appends a sequence of values.
    public mutating func write(_ values: [some WireCodable]) {
        write(UInt32(values.count))
        for value in values { write(value) }
    }
}

/// Takes apart what a ``WireWriter`` wrote.
public struct WireReader {
    @usableFromInline let bytes: [UInt8]
    @usableFromInline var offset = 0

    /// Begins at the first of `bytes`.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether everything was read.
    public var isAtEnd: Bool { offset == bytes.count }

    /// Reads an integer.
    @inlinable
    public mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(
        _: Value.Type
    ) throws(MalformedMessage) -> Value {
        let size = MemoryLayout<Value>.size
        guard bytes.count - offset >= size else { throw MalformedMessage() }
        defer { offset += size }
        return Value(
            littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Value.self) }
        )
    }

    /// Reads a truth value.
    public mutating func readBool() throws(MalformedMessage) -> Bool {
        switch try read(UInt8.self) {
        case 0: false
        case 1: true
        default: throw MalformedMessage()
        }
    }

    /// Reads bytes.
    public mutating func readBytes() throws(MalformedMessage) -> [UInt8] {
        let count = Int(try read(UInt32.self))
        guard bytes.count - offset >= count else { throw MalformedMessage() }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    /// Reads text.
    public mutating func readString() throws(MalformedMessage) -> String {
        guard let text = String(validating: try readBytes(), as: UTF8.self) else { throw MalformedMessage() }
        return text
    }

    /// Reads numbers.
    public mutating func readNumbers() throws(MalformedMessage) -> [UInt32] {
        let count = Int(try read(UInt32.self))
        var numbers: [UInt32] = []
        for _ in 0..<count { numbers.append(try read(UInt32.self)) }
        return numbers
    }

    /// Reads byte strings.
    public mutating func readStrings() throws(MalformedMessage) -> [[UInt8]] {
        let count = Int(try read(UInt32.self))
        var strings: [[UInt8]] = []
        for _ in 0..<count { strings.append(try readBytes()) }
        return strings
    }

    /// Reads a sequence of values.
    public mutating func readArray<Value: WireCodable>(
        of type: Value.Type
    ) throws(MalformedMessage) -> [Value] {
        let count = Int(try read(UInt32.self))
        var values: [Value] = []
        for _ in 0..<count { values.append(try Value(from: &self)) }
        return values
    }
}
