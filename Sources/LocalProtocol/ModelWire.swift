import LaunchProtocol
import SandboxModel

extension WireWriter {
    mutating func write(texts: [String]) { write(strings: texts.map { Array($0.utf8) }) }

    mutating func write<Value>(optional value: Value?, _ write: (inout Self, Value) -> Void) {
        self.write(value != nil)
        if let value { write(&self, value) }
    }

    mutating func write(_ program: Program) {
        write(program.language)
        write(program.source)
        write(optional: program.sourceName) { $0.write($1) }
        write(UInt32(program.files.count))
        for file in program.files {
            write(file.path)
            write(file.contents)
            write(file.executable)
        }
        write(texts: program.arguments)
        write(texts: program.compilerOptions)
        write(program.joinsOutputs)
        write(texts: program.environment.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
        write(texts: program.collect)
    }

    /// Mounts are left out: nothing of one user's files is shown on another's behalf.
    mutating func write(_ policy: Policy) {
        write(policy.network.rawValue)
        write(policy.filesystem.rawValue)
        write(texts: policy.modules.denied)
        write(optional: policy.modules.allowed) { $0.write(texts: $1) }
        write(texts: policy.allowMissing.map(\.rawValue).sorted())
    }

    mutating func write(_ limits: Limits) {
        for time in [limits.wallTime, limits.cpuTime] {
            write(time.components.seconds)
            write(time.components.attoseconds)
        }
        write(optional: limits.cpuShare) { $0.write($1.bitPattern) }
        for size in [limits.memory, limits.output, limits.disk, limits.fileSize, limits.stack] {
            write(Int64(size.bytes))
        }
        write(limits.outputOverflow.rawValue)
        write(Int64(limits.processes))
        write(Int64(limits.openFiles))
    }
}

extension WireReader {
    mutating func readTexts() throws(MalformedMessage) -> [String] {
        var texts: [String] = []
        for bytes in try readStrings() {
            guard let text = String(validating: bytes, as: UTF8.self) else { throw MalformedMessage() }
            texts.append(text)
        }
        return texts
    }

    mutating func readOptional<Value>(
        _ read: (inout Self) throws(MalformedMessage) -> Value
    ) throws(MalformedMessage) -> Value? {
        try readBool() ? try read(&self) : nil
    }

    private mutating func readNamed<Value: RawRepresentable>(_: Value.Type) throws(MalformedMessage) -> Value
    where Value.RawValue == String {
        guard let value = Value(rawValue: try readString()) else { throw MalformedMessage() }
        return value
    }

    mutating func readProgram() throws(MalformedMessage) -> Program {
        var program = Program(language: try readString(), source: try readBytes())
        program.sourceName = try readOptional { reader throws(MalformedMessage) in try reader.readString() }
        for _ in 0..<(try read(UInt32.self)) {
            let (path, contents) = (try readString(), try readBytes())
            program.files.append(ProgramFile(path: path, contents: contents, executable: try readBool()))
        }
        program.arguments = try readTexts()
        program.compilerOptions = try readTexts()
        program.joinsOutputs = try readBool()
        let environment = try readTexts()
        guard environment.count.isMultiple(of: 2) else { throw MalformedMessage() }
        for place in stride(from: 0, to: environment.count, by: 2) {
            program.environment[environment[place]] = environment[place + 1]
        }
        program.collect = try readTexts()
        return program
    }

    mutating func readPolicy() throws(MalformedMessage) -> Policy {
        var policy = Policy(network: try readNamed(NetworkAccess.self))
        policy.filesystem = try readNamed(FilesystemAccess.self)
        policy.modules.denied = try readTexts()
        policy.modules.allowed = try readOptional { reader throws(MalformedMessage) in try reader.readTexts()
        }
        for name in try readTexts() {
            guard let layer = Layer(rawValue: name) else { throw MalformedMessage() }
            policy.allowMissing.insert(layer)
        }
        return policy
    }

    private mutating func readDuration() throws(MalformedMessage) -> Duration {
        Duration(secondsComponent: try read(Int64.self), attosecondsComponent: try read(Int64.self))
    }

    private mutating func readSize() throws(MalformedMessage) -> ByteCount {
        .bytes(Int(try read(Int64.self)))
    }

    mutating func readLimits() throws(MalformedMessage) -> Limits {
        var limits = Limits(wallTime: try readDuration(), cpuTime: try readDuration())
        limits.cpuShare = try readOptional { reader throws(MalformedMessage) in
            Double(bitPattern: try reader.read(UInt64.self))
        }
        limits.memory = try readSize()
        limits.output = try readSize()
        limits.disk = try readSize()
        limits.fileSize = try readSize()
        limits.stack = try readSize()
        limits.outputOverflow = try readNamed(OutputOverflow.self)
        limits.processes = Int(try read(Int64.self))
        limits.openFiles = Int(try read(Int64.self))
        return limits
    }
}
