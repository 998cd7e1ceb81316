/// An OCI runtime's process as the host asks for it; it makes the container that a ``ContainerPlan`` is then sent into.
///
/// The request's descriptors are the container's end of the control connection, a file for what the runtime says, and then the
/// files by which it joins cgroups.
public struct RuntimePlan: WireCodable, Hashable {
    /// The runtime's path.
    public var executable: [UInt8]
    /// Its arguments, its own name first.
    public var arguments: [[UInt8]]
    /// Its environment, as `NAME=value`.
    public var environment: [[UInt8]]
    /// The number under which the runtime has the connection, and hands it on.
    public var connection: UInt32
    /// Mounts of the host that the runtime is not to see; an absent one is no failure.
    public var hiddenMounts: [String]

    /// A process with the given parts.
    public init(
        executable: [UInt8],
        arguments: [[UInt8]],
        environment: [[UInt8]],
        connection: UInt32,
        hiddenMounts: [String],
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.connection = connection
        self.hiddenMounts = hiddenMounts
    }

    /// The place of the file for what the runtime says, among the request's descriptors.
    public static let messages = 1
    /// The place of the first file by which the runtime joins a cgroup; where there is none, it stays in the host's.
    public static let firstCgroup = 2

    /// Appends the plan.
    public func write(to writer: inout WireWriter) {
        writer.write(executable)
        writer.write(strings: arguments)
        writer.write(strings: environment)
        writer.write(connection)
        writer.write(strings: hiddenMounts.map { Array($0.utf8) })
    }

    /// Reads a plan.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(
            executable: try reader.readBytes(),
            arguments: try reader.readStrings(),
            environment: try reader.readStrings(),
            connection: try reader.read(UInt32.self),
            hiddenMounts: try reader.readStrings().map { String(decoding: $0, as: UTF8.self) },
        )
    }
}
