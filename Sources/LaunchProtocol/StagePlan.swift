/// Everything the launcher needs to know to start one program in a cell; no language, limit or verdict among it.
public struct StagePlan: WireCodable, Hashable {
    /// Changes to the mount tree before the program starts.
    public var preparation: [MountStep] = []
    /// The executable's path in the cell.
    public var executable: [UInt8]
    /// Its arguments, its own name first.
    public var arguments: [[UInt8]]
    /// Its environment, as `NAME=value`.
    public var environment: [[UInt8]]
    /// Where it starts.
    public var workingDirectory: String
    /// Its user and group inside the cell.
    public var identity: UInt32
    /// Ceilings for setrlimit(2).
    public var resourceLimits: [ResourceCeiling]
    /// Landlock rules, or `nil` for none.
    public var landlock: LandlockPlan?
    /// Instructions of the system-call filter; empty for none.
    public var filter: [UInt8]
    /// Whether refused calls go to init, which records them.
    public var recordsRefusals: Bool
    /// Places, among the descriptors, of the `cgroup.procs` files to join.
    public var cgroups: [UInt32]
    /// Places of what become descriptors 0, 1, 2 and, when there is a fourth, 3.
    public var streams: [UInt32]
    /// A tmpfs whose space is reported when the program has ended, or empty.
    public var scratch: String
    /// Directories that the program can write to and that are its own.
    public var writableDirectories: [String]
    /// Size of a file below one of those that counts as at its ceiling, in bytes; `RLIMIT_FSIZE`.
    public var fileCeiling: UInt64

    /// A plan with the given parts.
    public init(
        executable: [UInt8],
        arguments: [[UInt8]],
        environment: [[UInt8]],
        workingDirectory: String,
        identity: UInt32,
        resourceLimits: [ResourceCeiling],
        landlock: LandlockPlan?,
        filter: [UInt8],
        recordsRefusals: Bool,
        cgroups: [UInt32],
        streams: [UInt32],
        scratch: String,
        writableDirectories: [String],
        fileCeiling: UInt64,
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.identity = identity
        self.resourceLimits = resourceLimits
        self.landlock = landlock
        self.filter = filter
        self.recordsRefusals = recordsRefusals
        self.cgroups = cgroups
        self.streams = streams
        self.scratch = scratch
        self.writableDirectories = writableDirectories
        self.fileCeiling = fileCeiling
    }

    /// Appends the plan.
    public func write(to writer: inout WireWriter) {
        writer.write(preparation)
        writer.write(executable)
        writer.write(strings: arguments)
        writer.write(strings: environment)
        writer.write(workingDirectory)
        writer.write(identity)
        writer.write(resourceLimits)
        writer.write(landlock.map { [$0] } ?? [])
        writer.write(filter)
        writer.write(recordsRefusals)
        writer.write(numbers: cgroups)
        writer.write(numbers: streams)
        writer.write(scratch)
        writer.write(strings: writableDirectories.map { Array($0.utf8) })
        writer.write(fileCeiling)
    }

    /// Reads a plan.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        let preparation = try reader.readArray(of: MountStep.self)
        self.init(
            executable: try reader.readBytes(),
            arguments: try reader.readStrings(),
            environment: try reader.readStrings(),
            workingDirectory: try reader.readString(),
            identity: try reader.read(UInt32.self),
            resourceLimits: try reader.readArray(of: ResourceCeiling.self),
            landlock: try reader.readArray(of: LandlockPlan.self).first,
            filter: try reader.readBytes(),
            recordsRefusals: try reader.readBool(),
            cgroups: try reader.readNumbers(),
            streams: try reader.readNumbers(),
            scratch: try reader.readString(),
            writableDirectories: try reader.readStrings().map { String(decoding: $0, as: UTF8.self) },
            fileCeiling: try reader.read(UInt64.self),
        )
        self.preparation = preparation
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

/// File access that the program's process leaves itself; landlock(7).
public struct LandlockPlan: WireCodable, Hashable {
    /// One path and what may be done below it.
    public struct Rule: WireCodable, Hashable {
        /// A path in the cell.
        public var path: String
        /// `LANDLOCK_ACCESS_FS_*` bits.
        public var access: UInt64

        /// A rule for `path`.
        public init(path: String, access: UInt64) {
            self.path = path
            self.access = access
        }

        /// Appends the rule.
        public func write(to writer: inout WireWriter) {
            writer.write(path)
            writer.write(access)
        }

        /// Reads a rule.
        public init(from reader: inout WireReader) throws(MalformedMessage) {
            self.init(path: try reader.readString(), access: try reader.read(UInt64.self))
        }
    }

    /// The kernel's ABI that the host found.
    public var version: UInt32
    /// Whether abstract sockets and signals stay inside.
    public var scoped: Bool
    /// What is allowed.
    public var rules: [Rule]

    /// Rules for a kernel of `version`.
    public init(version: UInt32, scoped: Bool, rules: [Rule]) {
        self.version = version
        self.scoped = scoped
        self.rules = rules
    }

    /// Appends the rules.
    public func write(to writer: inout WireWriter) {
        writer.write(version)
        writer.write(scoped)
        writer.write(rules)
    }

    /// Reads the rules.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(
            version: try reader.read(UInt32.self),
            scoped: try reader.readBool(),
            rules: try reader.readArray(of: Rule.self),
        )
    }
}
