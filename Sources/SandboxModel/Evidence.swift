/// What proves a verdict: a kernel counter, a wait status, or our own kill with its reason.
public struct Evidence: Sendable, Hashable, Codable {
    /// What was read, by the kernel's own name where it has one: `memory.oom_control oom_kill`, `wait status`.
    public var source: String
    /// What it said.
    public var value: String
    /// Who vouches for it.
    public var attestedBy: Attestation

    /// Evidence read from `source`.
    public init(source: String, value: String, attestedBy: Attestation) {
        self.source = source
        self.value = value
        self.attestedBy = attestedBy
    }

    private enum CodingKeys: String, CodingKey {
        case source, value
        case attestedBy = "attested_by"
    }
}

/// Who vouches for a piece of evidence.
public enum Attestation: String, Sendable, Hashable, Codable, CaseIterable {
    /// The kernel's own account.
    case kernel
    /// Sanderling, outside the program's reach.
    case sanderling
    /// It passed through the program's own process, which could have forged it.
    case program
}

/// The name of a limit, as ``Limits`` and reports spell it.
public enum LimitName: String, Sendable, Hashable, Codable, CaseIterable {
    /// ``Limits/wallTime``.
    case wallTime = "wall_time"
    /// ``Limits/cpuTime``.
    case cpuTime = "cpu_time"
    /// ``Limits/memory``.
    case memory
    /// ``Limits/processes``.
    case processes
    /// ``Limits/output``.
    case output
    /// ``Limits/disk``.
    case disk
    /// ``Limits/fileSize``.
    case fileSize = "file_size"
}

/// A limit that the kernel or Sanderling counted as reached, whether or not the program died of it.
public struct LimitHit: Sendable, Hashable, Codable {
    /// Which limit.
    public var limit: LimitName
    /// What proves it.
    public var evidence: Evidence

    /// A limit reached, with its proof.
    public init(limit: LimitName, evidence: Evidence) {
        self.limit = limit
        self.evidence = evidence
    }
}

/// Something the program tried and was refused.
public struct Violation: Sendable, Hashable, Codable {
    /// What kind of thing was refused.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A system call that the filter refuses; ``Violation/name`` is the call's.
        case systemCall = "system_call"
        /// An import that the module guard refuses; ``Violation/name`` is the module's.
        case module
    }

    /// What kind of thing was refused.
    public var kind: Kind
    /// The system call's or the module's name.
    public var name: String
    /// The arguments that matter, as text: `AF_INET`, `CLONE_NEWUSER`.
    public var arguments: [String]
    /// How often it was tried.
    public var count: Int
    /// Who vouches for it: the kernel for system calls, the program's own process for modules.
    public var attestedBy: Attestation

    /// A refused attempt.
    public init(kind: Kind, name: String, arguments: [String] = [], count: Int = 1, attestedBy: Attestation) {
        self.kind = kind
        self.name = name
        self.arguments = arguments
        self.count = count
        self.attestedBy = attestedBy
    }

    private enum CodingKeys: String, CodingKey {
        case kind, name, arguments, count
        case attestedBy = "attested_by"
    }
}
