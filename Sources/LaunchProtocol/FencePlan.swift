/// A fence as the host asks for it: processes that Landlock and a system-call filter keep in, in no namespace of their own.
///
/// The request's descriptor is init's end of the control connection.
public struct FencePlan: WireCodable, Hashable {
    /// A directory that init makes, with ``work`` and ``temporary`` in it, and removes in the end.
    public var directory: String
    /// The user and group that everything in the fence has, which own nothing else; 0 leaves the caller's own.
    public var identity: UInt32

    /// A fence that writes in `directory`.
    public init(directory: String, identity: UInt32) {
        self.directory = directory
        self.identity = identity
    }

    /// Where programs start.
    public static let work = "work"
    /// Where programs put temporary files.
    public static let temporary = "tmp"

    /// Appends the plan.
    public func write(to writer: inout WireWriter) {
        writer.write(directory)
        writer.write(identity)
    }

    /// Reads a plan.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self.init(directory: try reader.readString(), identity: try reader.read(UInt32.self))
    }
}
