/// What a program is permitted to reach.
///
/// The default permits nothing: no network, no writable file, none of the host's files beyond the language's own
/// installation, every layer required.
public struct Policy: Sendable, Hashable, Codable {
    /// What the program is kept in by.
    ///
    /// Default: ``IsolationKind/namespaces``.
    public var isolation: IsolationKind
    /// The network the program sees.
    ///
    /// Default: ``NetworkAccess/none``.
    public var network: NetworkAccess
    /// The files the program may write.
    ///
    /// Default: ``FilesystemAccess/none``.
    public var filesystem: FilesystemAccess
    /// Host directories and files that come in by name.
    ///
    /// Default: none.
    public var mounts: [Mount]
    /// Modules the program may and may not import.
    ///
    /// Default: no list.
    public var modules: ModulePolicy
    /// Layers whose absence the caller accepts.
    ///
    /// Default: none; a missing layer refuses the execution.
    public var allowMissing: Set<Layer>

    /// A policy that permits what is named and nothing else.
    public init(
        network: NetworkAccess = .none,
        filesystem: FilesystemAccess = .none,
        mounts: [Mount] = [],
        modules: ModulePolicy = ModulePolicy(),
        allowMissing: Set<Layer> = [],
        isolation: IsolationKind = .namespaces,
    ) {
        self.isolation = isolation
        self.network = network
        self.filesystem = filesystem
        self.mounts = mounts
        self.modules = modules
        self.allowMissing = allowMissing
    }

    private enum CodingKeys: String, CodingKey {
        case network, filesystem, mounts, modules
        case allowMissing = "allow_missing"
        case isolation
    }

    /// Reads a policy; one that was written before there was a choice of isolation asks for namespaces.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            network: try container.decode(NetworkAccess.self, forKey: .network),
            filesystem: try container.decode(FilesystemAccess.self, forKey: .filesystem),
            mounts: try container.decode([Mount].self, forKey: .mounts),
            modules: try container.decode(ModulePolicy.self, forKey: .modules),
            allowMissing: try container.decode(Set<Layer>.self, forKey: .allowMissing),
            isolation: try container.decodeIfPresent(IsolationKind.self, forKey: .isolation) ?? .namespaces,
        )
    }
}

/// The network a program sees.
public enum NetworkAccess: String, Sendable, Hashable, Codable, CaseIterable {
    /// An empty network namespace: no interface is up, no address can be reached.
    case none
    /// A private loopback interface; nothing of the host's.
    case loopback
    /// The host's own network, shared.
    ///
    /// The result says so.
    case host
}

/// The files a program may write.
public enum FilesystemAccess: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing is writable, and only the language's own installation is readable.
    case none
    /// A private, size-limited, in-memory work directory, `/tmp` and `/dev/shm`, gone afterwards.
    case scratch
}

/// A host directory or file that is visible inside the sandbox.
public struct Mount: Sendable, Hashable, Codable {
    /// Its absolute path on the host.
    public var source: String
    /// Its absolute path inside the sandbox.
    public var destination: String
    /// Whether the program may write to it.
    ///
    /// Default: it may not.
    public var writable: Bool

    /// A host path made visible at `destination`.
    public init(source: String, destination: String, writable: Bool = false) {
        self.source = source
        self.destination = destination
        self.writable = writable
    }
}

/// Modules that a program may and may not import, by dotted name; a name covers its submodules.
///
/// Deny wins over allow. The program's own files are always importable, and what a permitted module imports for
/// itself keeps working. Enforced by the language's module guard, in the program's own process: it is a guard rail,
/// the kernel is the boundary.
public struct ModulePolicy: Sendable, Hashable, Codable {
    /// Modules that are refused.
    public var denied: [String]
    /// When given, the only modules that are importable; an empty list allows none.
    ///
    /// `nil` is no allow list.
    public var allowed: [String]?

    /// A policy with these lists; without arguments, one that restricts nothing.
    public init(denied: [String] = [], allowed: [String]? = nil) {
        self.denied = denied
        self.allowed = allowed
    }

    /// Whether either list restricts anything.
    public var isRestricting: Bool { !denied.isEmpty || allowed != nil }
}
