/// An OCI runtime that programs can be given to: a command that makes a container of a bundle.
///
/// See the runtime specification of the Open Container Initiative, version 1.0.2.
public enum OCIRuntime: String, Sendable, Hashable, Codable, CaseIterable {
    /// crun, which uses the host's kernel.
    case crun
    /// runc, which uses the host's kernel.
    case runc
    /// gVisor's runsc: programs have a kernel of their own, which is a process of the host's.
    case runsc

    /// Whether programs have a kernel of the runtime's own between them and the host's.
    public var hasOwnKernel: Bool { self == .runsc }
}
