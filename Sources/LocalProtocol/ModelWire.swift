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
        write(policy.modules)
        write(layers: Layer.allCases.filter(policy.allowMissing.contains))
    }

    mutating func write(_ time: Duration) {
        write(time.components.seconds)
        write(time.components.attoseconds)
    }

    mutating func write(_ limits: Limits) {
        write(limits.wallTime)
        write(limits.cpuTime)
        write(optional: limits.cpuShare) { $0.write($1.bitPattern) }
        for size in [limits.memory, limits.output, limits.disk, limits.fileSize, limits.stack] {
            write(Int64(size.bytes))
        }
        write(limits.outputOverflow.rawValue)
        write(Int64(limits.processes))
        write(Int64(limits.openFiles))
    }

    mutating func write(_ usage: Usage) {
        for time in [usage.wallTime, usage.cpuTime, usage.userTime, usage.systemTime] { write(time) }
        for size in [usage.memory, usage.output, usage.disk] { write(Int64(size.bytes)) }
        write(Int64(usage.processes))
    }

    mutating func write(_ output: CapturedOutput) {
        write(output.bytes)
        write(output.truncated)
        write(Int64(output.total))
    }

    mutating func write(_ termination: Termination) {
        switch termination {
        case .exited(let code):
            write(false)
            write(code)
        case .signaled(let number):
            write(true)
            write(number)
        }
    }

    mutating func write(_ evidence: Evidence) {
        write(evidence.source)
        write(evidence.value)
        write(evidence.attestedBy.rawValue)
    }

    mutating func write(_ hit: LimitHit) {
        write(hit.limit.rawValue)
        write(hit.evidence)
    }

    mutating func write(_ modules: ModulePolicy) {
        write(texts: modules.denied)
        write(optional: modules.allowed) { $0.write(texts: $1) }
    }

    /// By their places among all layers: looking fifteen of them up by name takes a part of a millisecond.
    mutating func write(layers: [Layer]) {
        let all = Layer.allCases
        write(layers.compactMap { layer in all.firstIndex(of: layer).map { UInt8($0) } })
    }

    mutating func write(_ isolation: Isolation) {
        write(layers: isolation.layers)
        write(layers: isolation.missing)
        write(isolation.network.rawValue)
        write(isolation.filesystem.rawValue)
        write(optional: isolation.privateDirectory) { $0.write($1) }
        write(optional: isolation.modules) { $0.write($1) }
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

    mutating func readNamed<Value: RawRepresentable>(_: Value.Type) throws(MalformedMessage) -> Value
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
        policy.modules = try readModules()
        policy.allowMissing = Set(try readLayers())
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

    private mutating func readLayers() throws(MalformedMessage) -> [Layer] {
        let all = Layer.allCases
        var layers: [Layer] = []
        for place in try readBytes() {
            guard Int(place) < all.count else { throw MalformedMessage() }
            layers.append(all[Int(place)])
        }
        return layers
    }

    private mutating func readModules() throws(MalformedMessage) -> ModulePolicy {
        let denied = try readTexts()
        let allowed = try readOptional { reader throws(MalformedMessage) in try reader.readTexts() }
        return ModulePolicy(denied: denied, allowed: allowed)
    }

    mutating func readUsage() throws(MalformedMessage) -> Usage {
        var usage = Usage(wallTime: try readDuration(), cpuTime: try readDuration())
        usage.userTime = try readDuration()
        usage.systemTime = try readDuration()
        usage.memory = try readSize()
        usage.output = try readSize()
        usage.disk = try readSize()
        usage.processes = Int(try read(Int64.self))
        return usage
    }

    mutating func readOutput() throws(MalformedMessage) -> CapturedOutput {
        let (bytes, truncated) = (try readBytes(), try readBool())
        return CapturedOutput(bytes: bytes, truncated: truncated, total: Int(try read(Int64.self)))
    }

    mutating func readTermination() throws(MalformedMessage) -> Termination {
        try readBool() ? .signaled(try read(Int32.self)) : .exited(code: try read(Int32.self))
    }

    mutating func readEvidence() throws(MalformedMessage) -> Evidence {
        let (source, value) = (try readString(), try readString())
        return Evidence(source: source, value: value, attestedBy: try readNamed(Attestation.self))
    }

    mutating func readHit() throws(MalformedMessage) -> LimitHit {
        let limit = try readNamed(LimitName.self)
        return LimitHit(limit: limit, evidence: try readEvidence())
    }

    mutating func readIsolation() throws(MalformedMessage) -> Isolation {
        let (layers, missing) = (try readLayers(), try readLayers())
        let (network, filesystem) = (
            try readNamed(NetworkAccess.self), try readNamed(FilesystemAccess.self),
        )
        let directory = try readOptional { reader throws(MalformedMessage) in try reader.readString() }
        return Isolation(
            layers: layers,
            missing: missing,
            network: network,
            filesystem: filesystem,
            privateDirectory: directory,
            modules: try readOptional { reader throws(MalformedMessage) in try reader.readModules() },
        )
    }
}
