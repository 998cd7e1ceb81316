/// What the host says to a cell's init.
public enum CellRequest: WireCodable, Hashable {
    /// Fork a process that confines itself and waits for its program.
    case park(ConfinementPlan)
    /// Have the zygote's child at the other end of the descriptor that comes with this confine itself and wait.
    case adopt(ConfinementPlan)
    /// Give the process that waits its program.
    case start(StagePlan)
    /// Kill every other process in the cell.
    case kill
    /// Send the program a signal; one that a terminal sends goes to its process group, any other to its main process.
    case signal(Int32)
    /// Send the regular files below `directory` whose relative paths match a pattern, at most `limit` bytes of them.
    case collect(directory: String, patterns: [[UInt8]], limit: UInt64)
    /// Send everything below `directory`, at most `limit` bytes of it, if it can be made again from that.
    case collectTree(directory: String, limit: UInt64)

    /// Appends the request.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .start(let stage):
            writer.write(UInt8(0))
            writer.write(stage)
        case .park(let confinement):
            writer.write(UInt8(4))
            writer.write(confinement)
        case .adopt(let confinement):
            writer.write(UInt8(5))
            writer.write(confinement)
        case .kill: writer.write(UInt8(1))
        case .signal(let number):
            writer.write(UInt8(6))
            writer.write(number)
        case .collect(let directory, let patterns, let limit):
            writer.write(UInt8(2))
            writer.write(directory)
            writer.write(strings: patterns)
            writer.write(limit)
        case .collectTree(let directory, let limit):
            writer.write(UInt8(3))
            writer.write(directory)
            writer.write(limit)
        }
    }

    /// Reads a request.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        switch try reader.read(UInt8.self) {
        case 0: self = .start(try StagePlan(from: &reader))
        case 1: self = .kill
        case 2:
            self = .collect(
                directory: try reader.readString(),
                patterns: try reader.readStrings(),
                limit: try reader.read(UInt64.self),
            )
        case 3:
            self = .collectTree(directory: try reader.readString(), limit: try reader.read(UInt64.self))
        case 4: self = .park(try ConfinementPlan(from: &reader))
        case 5: self = .adopt(try ConfinementPlan(from: &reader))
        case 6: self = .signal(try reader.read(Int32.self))
        default: throw MalformedMessage()
        }
    }
}

/// What a cell's init says to the host; the first message on its connection is the launcher's.
public enum CellReply: WireCodable, Hashable {
    /// Init, or the zygote, exists, and its pidfd comes with this; or the tree stands.
    case made
    /// The mount tree stands.
    case ready
    /// A process is confined and waits for its program.
    case parked
    /// The cell or a stage could not be set up.
    case failed(LaunchFailure)
    /// The program's first instruction, in nanoseconds of the monotonic clock; with the scratch directory, if any.
    case started(time: UInt64)
    /// The program has ended and every other process of the cell is dead.
    case ended(StageEnding)
    /// A system call that the filter refused.
    case refused(RefusedCall)
    /// The path of a file, relative to the directory; its contents follow.
    case file(path: [UInt8])
    /// More of the file's contents.
    case contents([UInt8])
    /// No more files. `complete` is false when the limit, or what cannot be made again, left some out.
    case collected(complete: Bool)
    /// A directory, or a file whose contents follow, of a tree: its path relative to the tree, and its permissions.
    case entry(path: [UInt8], mode: UInt32, isDirectory: Bool)

    /// Appends the reply.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .ready: writer.write(UInt8(0))
        case .parked: writer.write(UInt8(8))
        case .made: writer.write(UInt8(9))
        case .failed(let failure):
            writer.write(UInt8(1))
            writer.write(failure)
        case .started(let time):
            writer.write(UInt8(2))
            writer.write(time)
        case .ended(let ending):
            writer.write(UInt8(3))
            writer.write(ending)
        case .refused(let call):
            writer.write(UInt8(4))
            writer.write(call)
        case .file(let path):
            writer.write(UInt8(5))
            writer.write(path)
        case .contents(let bytes):
            writer.write(UInt8(6))
            writer.write(bytes)
        case .collected(let complete):
            writer.write(UInt8(7))
            writer.write(complete)
        case .entry(let path, let mode, let isDirectory):
            writer.write(UInt8(10))
            writer.write(path)
            writer.write(mode)
            writer.write(isDirectory)
        }
    }

    /// Reads a reply.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        switch try reader.read(UInt8.self) {
        case 0: self = .ready
        case 1: self = .failed(try LaunchFailure(from: &reader))
        case 2: self = .started(time: try reader.read(UInt64.self))
        case 3: self = .ended(try StageEnding(from: &reader))
        case 4: self = .refused(try RefusedCall(from: &reader))
        case 5: self = .file(path: try reader.readBytes())
        case 6: self = .contents(try reader.readBytes())
        case 7: self = .collected(complete: try reader.readBool())
        case 8: self = .parked
        case 9: self = .made
        case 10:
            self = .entry(
                path: try reader.readBytes(),
                mode: try reader.read(UInt32.self),
                isDirectory: try reader.readBool(),
            )
        default: throw MalformedMessage()
        }
    }
}

/// How a stage ended, as init saw it.
public struct StageEnding: WireCodable, Hashable {
    /// Whether a signal ended the main process.
    public var signaled: Bool
    /// Its exit code, or the signal.
    public var code: Int32
    /// When it ended, in nanoseconds of the monotonic clock.
    public var time: UInt64
    /// Bytes in the scratch tmpfs when it ended.
    public var scratchUsed: UInt64
    /// Bytes that fit in the scratch tmpfs; 0 without one.
    public var scratchCapacity: UInt64
    /// Files that could still be made in it.
    public var scratchFreeFiles: UInt64
    /// Whether a file was found at the file-size ceiling.
    public var fileAtCeiling: Bool
    /// Processor time of all its processes in user mode, in nanoseconds, as init's waiting summed it up.
    public var userTime: UInt64
    /// The same in the kernel.
    public var systemTime: UInt64
    /// The most that any one of its processes had resident, in bytes.
    public var peakResident: UInt64
    /// Whether what is said of scratch files was counted, and no tmpfs of its own bounds them.
    public var scratchWasCounted: Bool

    /// An ending with the given parts.
    public init(
        signaled: Bool,
        code: Int32,
        time: UInt64,
        scratchUsed: UInt64,
        scratchCapacity: UInt64,
        scratchFreeFiles: UInt64,
        fileAtCeiling: Bool,
        userTime: UInt64,
        systemTime: UInt64,
        peakResident: UInt64,
        scratchWasCounted: Bool = false,
    ) {
        self.signaled = signaled
        self.code = code
        self.time = time
        self.scratchUsed = scratchUsed
        self.scratchCapacity = scratchCapacity
        self.scratchFreeFiles = scratchFreeFiles
        self.fileAtCeiling = fileAtCeiling
        self.userTime = userTime
        self.systemTime = systemTime
        self.peakResident = peakResident
        self.scratchWasCounted = scratchWasCounted
    }

    /// Appends the ending.
    public func write(to writer: inout WireWriter) {
        writer.write(signaled)
        writer.write(code)
        writer.write(time)
        writer.write(scratchUsed)
        writer.write(scratchCapacity)
        writer.write(scratchFreeFiles)
        writer.write(fileAtCeiling)
        writer.write(userTime)
        writer.write(systemTime)
        writer.write(peakResident)
        writer.write(scratchWasCounted)
    }

    /// Reads an ending.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(
            signaled: try reader.readBool(),
            code: try reader.read(Int32.self),
            time: try reader.read(UInt64.self),
            scratchUsed: try reader.read(UInt64.self),
            scratchCapacity: try reader.read(UInt64.self),
            scratchFreeFiles: try reader.read(UInt64.self),
            fileAtCeiling: try reader.readBool(),
            userTime: try reader.read(UInt64.self),
            systemTime: try reader.read(UInt64.self),
            peakResident: try reader.read(UInt64.self),
            scratchWasCounted: try reader.readBool(),
        )
    }
}

/// A refused system call and how often it was tried.
public struct RefusedCall: WireCodable, Hashable {
    /// `AUDIT_ARCH_*`.
    public var architecture: UInt32
    /// The call's number.
    public var number: Int32
    /// Its registers at the first attempt.
    public var arguments: [UInt64]
    /// Attempts.
    public var count: UInt32

    /// A refused call.
    public init(architecture: UInt32, number: Int32, arguments: [UInt64], count: UInt32) {
        self.architecture = architecture
        self.number = number
        self.arguments = arguments
        self.count = count
    }

    /// Appends the call.
    public func write(to writer: inout WireWriter) {
        writer.write(architecture)
        writer.write(number)
        for argument in arguments { writer.write(argument) }
        writer.write(count)
    }

    /// Reads a call.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        architecture = try reader.read(UInt32.self)
        number = try reader.read(Int32.self)
        arguments = []
        for _ in 0..<6 { arguments.append(try reader.read(UInt64.self)) }
        count = try reader.read(UInt32.self)
    }
}
