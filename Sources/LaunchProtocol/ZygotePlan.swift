/// An interpreter that starts before any program is known, and forks into cells from where it would look at one.
///
/// It stays in the launcher's user namespace and pid namespace, from which alone it can enter those of cells. The
/// descriptors that come with the request are the zygote's end of its connection, then what the binds and
/// ``cgroups`` refer to by their places.
public struct ZygotePlan: WireCodable, Hashable {
    /// `CLONE_NEW*` bits of the namespaces to make.
    public var namespaces: UInt64
    /// Steps towards its mount tree.
    public var tree: [MountStep]
    /// Places, among the descriptors, of the `cgroup.procs` files to join.
    public var cgroups: [UInt32]
    /// Where it starts.
    public var workingDirectory: String
    /// The interpreter.
    public var executable: [UInt8]
    /// Its arguments, its own name first.
    public var arguments: [[UInt8]]
    /// Its environment, as `NAME=value`.
    public var environment: [[UInt8]]

    /// A zygote with the given parts.
    public init(
        namespaces: UInt64,
        tree: [MountStep],
        cgroups: [UInt32],
        workingDirectory: String,
        executable: [UInt8],
        arguments: [[UInt8]],
        environment: [[UInt8]],
    ) {
        self.namespaces = namespaces
        self.tree = tree
        self.cgroups = cgroups
        self.workingDirectory = workingDirectory
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// The zygote's end of its connection, as a descriptor number.
    public static let connection: Int32 = 3
    /// The number under which it has this host's /proc until it has rehearsed its end; Sources/sanderling-zygote/rehearsal.h.
    public static let processes: Int32 = 4

    /// Appends the plan.
    public func write(to writer: inout WireWriter) {
        writer.write(namespaces)
        writer.write(tree)
        writer.write(numbers: cgroups)
        writer.write(workingDirectory)
        writer.write(executable)
        writer.write(strings: arguments)
        writer.write(strings: environment)
    }

    /// Reads a plan.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(
            namespaces: try reader.read(UInt64.self),
            tree: try reader.readArray(of: MountStep.self),
            cgroups: try reader.readNumbers(),
            workingDirectory: try reader.readString(),
            executable: try reader.readBytes(),
            arguments: try reader.readStrings(),
            environment: try reader.readStrings(),
        )
    }
}

/// What a zygote says when it has come to where it would look at its program; Sources/sanderling-zygote/zygote.c.
public struct ZygoteGreeting: WireCodable, Hashable {
    /// Its build's number.
    public var identity: UInt64
    /// Bytes that each copy takes as its own before it has a program.
    public var copied: UInt64

    /// A greeting.
    public init(identity: UInt64, copied: UInt64) {
        self.identity = identity
        self.copied = copied
    }

    /// Appends the greeting.
    public func write(to writer: inout WireWriter) {
        writer.write(identity)
        writer.write(copied)
    }

    /// Reads a greeting.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        identity = try reader.read(UInt64.self)
        copied = try reader.read(UInt64.self)
    }
}
