/// What the host says to the launcher.
public enum LauncherRequest: WireCodable, Hashable {
    /// Make fences or containers, and stay in the host's namespaces for that.
    case stayOutside
    /// Leave the host's user namespace for one whose ids the host will map.
    case enterYard
    /// The ids are mapped; `identities` of them, beginning at 0, or 1 when there is only the caller's own.
    case yardMapped(identities: UInt32)
    /// Build a tree that cells begin with; whether that worked is told on the first of its descriptors.
    case makeTree(number: UInt32, steps: [MountStep])
    /// Let go of a tree.
    case dropTree(number: UInt32)
    /// Make a cell; whether that worked is told on the cell's own connection.
    case makeCell(CellPlan)
    /// Make a fence; whether that worked is told on its own connection.
    case makeFence(FencePlan)
    /// Start an OCI runtime; that it runs is told on the container's own connection.
    case startRuntime(RuntimePlan)
    /// Start a zygote; whether that worked is told on its own connection.
    case makeZygote(ZygotePlan)

    /// Appends the request.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .enterYard: writer.write(UInt8(0))
        case .yardMapped(let identities):
            writer.write(UInt8(1))
            writer.write(identities)
        case .makeCell(let plan):
            writer.write(UInt8(2))
            writer.write(plan)
        case .makeZygote(let plan):
            writer.write(UInt8(3))
            writer.write(plan)
        case .makeTree(let number, let steps):
            writer.write(UInt8(4))
            writer.write(number)
            writer.write(steps)
        case .stayOutside: writer.write(UInt8(6))
        case .makeFence(let plan):
            writer.write(UInt8(7))
            writer.write(plan)
        case .startRuntime(let plan):
            writer.write(UInt8(8))
            writer.write(plan)
        case .dropTree(let number):
            writer.write(UInt8(5))
            writer.write(number)
        }
    }

    /// Reads a request.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        switch try reader.read(UInt8.self) {
        case 0: self = .enterYard
        case 1: self = .yardMapped(identities: try reader.read(UInt32.self))
        case 2: self = .makeCell(try CellPlan(from: &reader))
        case 3: self = .makeZygote(try ZygotePlan(from: &reader))
        case 4:
            self = .makeTree(
                number: try reader.read(UInt32.self),
                steps: try reader.readArray(of: MountStep.self),
            )
        case 5: self = .dropTree(number: try reader.read(UInt32.self))
        case 6: self = .stayOutside
        case 7: self = .makeFence(try FencePlan(from: &reader))
        case 8: self = .startRuntime(try RuntimePlan(from: &reader))
        default: throw MalformedMessage()
        }
    }
}

/// What the launcher says to the host.
public enum LauncherReply: WireCodable, Hashable {
    /// The launcher runs; `identity` is its build's.
    case hello(identity: UInt64)
    /// It is in a user namespace that waits for its ids.
    case yardEntered
    /// It is ready to make cells.
    case yardReady
    /// It could not become ready.
    case yardFailed(LaunchFailure)

    /// Appends the reply.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .hello(let identity):
            writer.write(UInt8(0))
            writer.write(identity)
        case .yardEntered: writer.write(UInt8(1))
        case .yardReady: writer.write(UInt8(2))
        case .yardFailed(let failure):
            writer.write(UInt8(3))
            writer.write(failure)
        }
    }

    /// Reads a reply.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        switch try reader.read(UInt8.self) {
        case 0: self = .hello(identity: try reader.read(UInt64.self))
        case 1: self = .yardEntered
        case 2: self = .yardReady
        case 3: self = .yardFailed(try LaunchFailure(from: &reader))
        default: throw MalformedMessage()
        }
    }
}

/// Where a launch stopped, as data: the stage, the system call, its errno and which of several steps it was.
public struct LaunchFailure: Error, WireCodable, Hashable {
    /// A part of the launch.
    public enum Stage: UInt8, Sendable, Hashable {
        /// Making the launcher's own user namespace.
        case yard
        /// Making the cell's namespaces.
        case namespaces
        /// Mapping the cell's ids.
        case identities
        /// Building the mount tree; the index is the step's.
        case mountTree
        /// Bringing loopback up or naming the host.
        case network
        /// Joining the cgroups; the index is the controller's.
        case cgroup
        /// Connecting standard streams.
        case streams
        /// Setting resource limits; the index is the limit's.
        case resourceLimits
        /// Giving up identities and capabilities.
        case credentials
        /// Restricting file access.
        case landlock
        /// Installing the system-call filter.
        case seccomp
        /// Executing the program.
        case execute
        /// Anything of init's own.
        case initProcess
    }

    /// Which part stopped.
    public var stage: Stage
    /// The system call.
    public var call: String
    /// Its errno.
    public var number: Int32
    /// Which of several steps, limits or controllers; 0 when there is one.
    public var index: UInt32

    /// A launch that stopped at `stage`.
    public init(stage: Stage, call: String, number: Int32, index: UInt32 = 0) {
        self.stage = stage
        self.call = call
        self.number = number
        self.index = index
    }

    /// Appends the failure.
    public func write(to writer: inout WireWriter) {
        writer.write(stage.rawValue)
        writer.write(call)
        writer.write(number)
        writer.write(index)
    }

    /// Reads a failure.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        guard let stage = Stage(rawValue: try reader.read(UInt8.self)) else { throw MalformedMessage() }
        self.init(
            stage: stage,
            call: try reader.readString(),
            number: try reader.read(Int32.self),
            index: try reader.read(UInt32.self),
        )
    }
}
