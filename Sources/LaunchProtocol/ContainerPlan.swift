/// What the init of a container is told first: what it must find, and what it still has to do, before any program.
public struct ContainerPlan: WireCodable, Hashable {
    /// A namespace of the host that init must not be in.
    public struct HostNamespace: WireCodable, Hashable {
        /// Its name below `/proc/self/ns`; namespaces(7).
        public var name: String
        /// Its number on the host.
        public var inode: UInt64

        /// The host's namespace called `name`.
        public init(name: String, inode: UInt64) {
            self.name = name
            self.inode = inode
        }

        /// Appends the namespace.
        public func write(to writer: inout WireWriter) {
            writer.write(name)
            writer.write(inode)
        }

        /// Reads a namespace.
        public init(from reader: inout WireReader) throws(MalformedMessage) {
            self.init(name: try reader.readString(), inode: try reader.read(UInt64.self))
        }
    }

    /// Ids that the runtime was to give the container, as a line of `uid_map` tells them; user_namespaces(7).
    public struct IdentityExtent: WireCodable, Hashable {
        /// The first inside.
        public var inside: UInt32
        /// What that is outside.
        public var outside: UInt32
        /// How many follow each other.
        public var count: UInt32

        /// `count` ids.
        public init(inside: UInt32, outside: UInt32, count: UInt32) {
            self.inside = inside
            self.outside = outside
            self.count = count
        }

        /// Appends the extent.
        public func write(to writer: inout WireWriter) {
            for number in [inside, outside, count] { writer.write(number) }
        }

        /// Reads an extent.
        public init(from reader: inout WireReader) throws(MalformedMessage) {
            inside = try reader.read(UInt32.self)
            outside = try reader.read(UInt32.self)
            count = try reader.read(UInt32.self)
        }
    }

    /// The host's namespaces that the runtime was to leave.
    public var left: [HostNamespace]
    /// All the ids that the container has, of users and of groups; empty where they are a kernel of the runtime's own, and not the host's.
    public var identities: [IdentityExtent]
    /// Steps from the mount tree that the runtime made to a cell's.
    public var tree: [MountStep]
    /// Whether the loopback interface is up in the network that init makes in place of the runtime's; `nil` makes none.
    public var loopback: Bool?

    /// A container with the given parts.
    public init(left: [HostNamespace], identities: [IdentityExtent], tree: [MountStep], loopback: Bool?) {
        self.left = left
        self.identities = identities
        self.tree = tree
        self.loopback = loopback
    }

    /// The launcher's first argument where it is a container's init; the second is the number of its connection.
    public static let command = "container-init"

    /// Appends the plan.
    public func write(to writer: inout WireWriter) {
        writer.write(left)
        writer.write(identities)
        writer.write(tree)
        writer.write(loopback != nil)
        writer.write(loopback ?? false)
    }

    /// Reads a plan.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        left = try reader.readArray(of: HostNamespace.self)
        identities = try reader.readArray(of: IdentityExtent.self)
        tree = try reader.readArray(of: MountStep.self)
        let isKnown = try reader.readBool()
        let isUp = try reader.readBool()
        loopback = isKnown ? isUp : nil
    }
}
