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
    /// Whether no TCP port can be bound or connected to.
    public var withoutNetwork: Bool
    /// What is allowed.
    public var rules: [Rule]

    /// Rules for a kernel of `version`.
    public init(version: UInt32, scoped: Bool, withoutNetwork: Bool = false, rules: [Rule]) {
        self.version = version
        self.scoped = scoped
        self.withoutNetwork = withoutNetwork
        self.rules = rules
    }

    /// Appends the rules.
    public func write(to writer: inout WireWriter) {
        writer.write(version)
        writer.write(scoped)
        writer.write(withoutNetwork)
        writer.write(rules)
    }

    /// Reads the rules.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(
            version: try reader.read(UInt32.self),
            scoped: try reader.readBool(),
            withoutNetwork: try reader.readBool(),
            rules: try reader.readArray(of: Rule.self),
        )
    }
}
