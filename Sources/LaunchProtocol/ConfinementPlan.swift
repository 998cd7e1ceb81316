/// What a process gives up before it waits for its program: the part that does not depend on which program that is.
///
/// The descriptors that come with it are the `cgroup.procs` files to join.
public struct ConfinementPlan: WireCodable, Hashable {
    /// Changes to the mount tree before the process exists.
    public var preparation: [MountStep] = []
    /// Where the program starts.
    public var workingDirectory: String
    /// Its user and group inside the cell.
    public var identity: UInt32
    /// Landlock rules, or `nil` for none.
    public var landlock: LandlockPlan?
    /// Instructions of the system-call filter; empty for none.
    public var filter: [UInt8]
    /// Whether refused calls go to init, which records them.
    public var recordsRefusals: Bool
    /// Whether it is in a fence: it has init's identity and leaves no namespace.
    public var isFenced = false
    /// Whether the kernel is a runtime's own, which has no cgroups, ambient capabilities or securebits to give up.
    public var hasOwnKernel = false

    /// A confinement with the given parts.
    public init(
        workingDirectory: String,
        identity: UInt32,
        landlock: LandlockPlan?,
        filter: [UInt8],
        recordsRefusals: Bool,
    ) {
        self.workingDirectory = workingDirectory
        self.identity = identity
        self.landlock = landlock
        self.filter = filter
        self.recordsRefusals = recordsRefusals
    }

    /// Appends the plan.
    public func write(to writer: inout WireWriter) {
        writer.write(preparation)
        writer.write(workingDirectory)
        writer.write(identity)
        writer.write(landlock.map { [$0] } ?? [])
        writer.write(filter)
        writer.write(recordsRefusals)
        writer.write(isFenced)
        writer.write(hasOwnKernel)
    }

    /// Reads a plan.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        let preparation = try reader.readArray(of: MountStep.self)
        self.init(
            workingDirectory: try reader.readString(),
            identity: try reader.read(UInt32.self),
            landlock: try reader.readArray(of: LandlockPlan.self).first,
            filter: try reader.readBytes(),
            recordsRefusals: try reader.readBool(),
        )
        self.preparation = preparation
        isFenced = try reader.readBool()
        hasOwnKernel = try reader.readBool()
    }
}
