/// The walls that stood around an execution.
public struct Isolation: Sendable, Hashable, Codable {
    /// What the program was kept in by.
    public var kind: IsolationKind
    /// Whether every required layer was in force.
    public var enforcement: Enforcement
    /// Layers that were in force, in the order of ``Layer``; none where no process of the program ever was.
    public var layers: [Layer]
    /// Required layers that were not, each named by the caller beforehand.
    public var missing: [Layer]
    /// The network the program saw.
    public var network: NetworkAccess
    /// The files the program could write.
    public var filesystem: FilesystemAccess
    /// A private directory given to a language that cannot start with nothing writable, or `nil`.
    public var privateDirectory: String?
    /// The module lists that applied, or `nil` when the language has no module guard or no list was given.
    public var modules: ModulePolicy?

    /// A record of the layers in force; with none in force and none missing, of a program that never ran.
    public init(
        layers: [Layer],
        missing: [Layer] = [],
        network: NetworkAccess = .none,
        filesystem: FilesystemAccess = .none,
        privateDirectory: String? = nil,
        modules: ModulePolicy? = nil,
        kind: IsolationKind = .namespaces,
    ) {
        self.kind = kind
        self.enforcement = !missing.isEmpty ? .partial : layers.isEmpty ? .notRun : .full
        self.layers = layers
        self.missing = missing
        self.network = network
        self.filesystem = filesystem
        self.privateDirectory = privateDirectory
        self.modules = modules
    }

    private enum CodingKeys: String, CodingKey {
        case enforcement, layers, missing, network, filesystem
        case privateDirectory = "private_directory"
        case modules, kind
    }

    /// Reads a record; one that was written before there was a choice of isolation is of namespaces.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decodeIfPresent(IsolationKind.self, forKey: .kind) ?? .namespaces
        enforcement = try container.decode(Enforcement.self, forKey: .enforcement)
        layers = try container.decode([Layer].self, forKey: .layers)
        missing = try container.decode([Layer].self, forKey: .missing)
        network = try container.decode(NetworkAccess.self, forKey: .network)
        filesystem = try container.decode(FilesystemAccess.self, forKey: .filesystem)
        privateDirectory = try container.decodeIfPresent(String.self, forKey: .privateDirectory)
        modules = try container.decodeIfPresent(ModulePolicy.self, forKey: .modules)
    }
}

/// Whether every required layer was in force.
public enum Enforcement: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every one was.
    case full
    /// Some were not; the result lists them.
    case partial
    /// There was nothing to keep in: the program was refused, or interrupted before its record came.
    case notRun = "not_run"
}
