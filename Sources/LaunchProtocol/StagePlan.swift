/// One stage's program, for a process that is confined and waits.
///
/// The first ``streams`` of the descriptors that come with it become the program's 0, 1, 2 and, when there is a fourth, 3;
/// what the preparation copies files from comes after them.
public struct StagePlan: WireCodable, Hashable {
    /// How many streams there are.
    public var streams: UInt32
    /// Changes to the mount tree before the program starts.
    public var preparation: [MountStep]
    /// What the waiting process becomes.
    public var program: ProgramPlan
    /// A tmpfs whose space is reported when the program has ended, or empty.
    public var scratch: String
    /// Directories that the program can write to and that are its own.
    public var writableDirectories: [String]
    /// Size of a file below one of those that counts as at its ceiling, in bytes; `RLIMIT_FSIZE`.
    public var fileCeiling: UInt64
    /// What may be in those directories, where no file system bounds it: init looks now and then, and ends the stage that
    /// has more.
    public var census: CensusLimits?

    /// A plan with the given parts.
    public init(
        streams: UInt32,
        preparation: [MountStep],
        program: ProgramPlan,
        scratch: String,
        writableDirectories: [String],
        fileCeiling: UInt64,
        census: CensusLimits? = nil,
    ) {
        self.streams = streams
        self.preparation = preparation
        self.program = program
        self.scratch = scratch
        self.writableDirectories = writableDirectories
        self.fileCeiling = fileCeiling
        self.census = census
    }

    /// Appends the plan.
    public func write(to writer: inout WireWriter) {
        writer.write(streams)
        writer.write(preparation)
        writer.write(program)
        writer.write(scratch)
        writer.write(strings: writableDirectories.map { Array($0.utf8) })
        writer.write(fileCeiling)
        writer.write(census.map { [$0] } ?? [])
    }

    /// Reads a plan.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(
            streams: try reader.read(UInt32.self),
            preparation: try reader.readArray(of: MountStep.self),
            program: try ProgramPlan(from: &reader),
            scratch: try reader.readString(),
            writableDirectories: try reader.readStrings().map { String(decoding: $0, as: UTF8.self) },
            fileCeiling: try reader.read(UInt64.self),
            census: try reader.readArray(of: CensusLimits.self).first,
        )
    }
}

/// What a stage may have in the directories that it can write to.
public struct CensusLimits: WireCodable, Hashable {
    /// Bytes of contents.
    public var bytes: UInt64
    /// Files and directories.
    public var files: UInt64

    /// Limits of `bytes` in `files`.
    public init(bytes: UInt64, files: UInt64) {
        self.bytes = bytes
        self.files = files
    }

    /// Appends the limits.
    public func write(to writer: inout WireWriter) {
        writer.write(bytes)
        writer.write(files)
    }

    /// Reads the limits.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(bytes: try reader.read(UInt64.self), files: try reader.read(UInt64.self))
    }
}

/// A program and its ceilings, as init hands them to the process that waits.
///
/// A zygote's child, which runs its program already, takes the ceilings alone: they come first.
public struct ProgramPlan: WireCodable, Hashable {
    /// Ceilings for setrlimit(2).
    public var resourceLimits: [ResourceCeiling]
    /// The executable's path in the cell.
    public var executable: [UInt8]
    /// Its arguments, its own name first.
    public var arguments: [[UInt8]]
    /// Its environment, as `NAME=value`.
    public var environment: [[UInt8]]

    /// A program with the given parts.
    public init(
        resourceLimits: [ResourceCeiling],
        executable: [UInt8],
        arguments: [[UInt8]],
        environment: [[UInt8]],
    ) {
        self.resourceLimits = resourceLimits
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// Appends the program.
    public func write(to writer: inout WireWriter) {
        writer.write(resourceLimits)
        writer.write(executable)
        writer.write(strings: arguments)
        writer.write(strings: environment)
    }

    /// Reads a program.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(
            resourceLimits: try reader.readArray(of: ResourceCeiling.self),
            executable: try reader.readBytes(),
            arguments: try reader.readStrings(),
            environment: try reader.readStrings(),
        )
    }
}

/// A ceiling for setrlimit(2), soft and hard.
public struct ResourceCeiling: WireCodable, Hashable {
    /// The `RLIMIT_*` number.
    public var resource: Int32
    /// The ceiling.
    public var value: UInt64

    /// A ceiling of `value` on `resource`.
    public init(resource: Int32, value: UInt64) {
        self.resource = resource
        self.value = value
    }

    /// Appends the ceiling.
    public func write(to writer: inout WireWriter) {
        writer.write(resource)
        writer.write(value)
    }

    /// Reads a ceiling.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(resource: try reader.read(Int32.self), value: try reader.read(UInt64.self))
    }
}
