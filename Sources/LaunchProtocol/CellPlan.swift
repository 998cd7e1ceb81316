/// A cell as the host asks for it: its namespaces and its mount tree, with nothing yet of what will run in it.
///
/// The request's descriptor is init's end of the control connection.
public struct CellPlan: WireCodable, Hashable {
    /// `CLONE_NEW*` bits of the namespaces to make.
    public var namespaces: UInt64
    /// The host name inside; empty leaves it.
    public var hostName: String
    /// Whether the loopback interface is brought up.
    public var loopback: Bool
    /// The tree that it begins with, by its number.
    public var base: UInt32
    /// Steps from there to the cell's own mount tree.
    public var tree: [MountStep]
    /// Whether init keeps handles on its namespaces, for a zygote's child to enter them.
    public var isJoinable: Bool

    /// A cell with the given parts.
    public init(
        namespaces: UInt64,
        hostName: String,
        loopback: Bool,
        base: UInt32,
        tree: [MountStep],
        isJoinable: Bool,
    ) {
        self.namespaces = namespaces
        self.hostName = hostName
        self.loopback = loopback
        self.base = base
        self.tree = tree
        self.isJoinable = isJoinable
    }

    /// Places of the descriptors that come with a request to the launcher.
    public enum DescriptorPlace {
        /// Where the host is told what becomes of the request.
        public static let control = 0
        /// The first one that a plan or a step refers to by its place.
        public static let first = 1
    }

    /// Appends the plan.
    public func write(to writer: inout WireWriter) {
        writer.write(namespaces)
        writer.write(hostName)
        writer.write(loopback)
        writer.write(base)
        writer.write(tree)
        writer.write(isJoinable)
    }

    /// Reads a plan.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(
            namespaces: try reader.read(UInt64.self),
            hostName: try reader.readString(),
            loopback: try reader.readBool(),
            base: try reader.read(UInt32.self),
            tree: try reader.readArray(of: MountStep.self),
            isJoinable: try reader.readBool(),
        )
    }
}
