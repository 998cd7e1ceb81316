import LaunchProtocol

/// A container as an OCI runtime is given it, with what its init then does.
struct ContainerBundle: Equatable {
    /// The `config.json`.
    var configuration: BundleConfiguration
    /// What is in the root file system before anything is mounted, outer directories first; paths are the container's.
    var files: [BundleFile]
    /// The ids that the configuration asks for, which init looks for.
    var identities: [ContainerPlan.IdentityExtent]
    /// From the tree that the runtime makes to a cell's, for init.
    var tree: [MountStep]
}

/// One thing in a bundle's root file system.
struct BundleFile: Equatable {
    /// What there can be.
    enum Form: Equatable {
        case directory
        case file([UInt8])
        case symbolicLink(String)
    }

    /// Its path in the container.
    var path: String
    /// What it is.
    var form: Form
}
