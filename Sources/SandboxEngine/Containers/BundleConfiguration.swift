import FoundationEssentials

/// The `config.json` of a bundle, as far as a container of Sanderling's needs it.
///
/// See config.md and config-linux.md of the OCI runtime specification, version 1.0.2.
struct BundleConfiguration: Encodable, Equatable {
    /// A user inside the container.
    struct User: Encodable, Equatable {
        var uid: UInt32
        var gid: UInt32
    }

    /// Capabilities, the same in every set.
    struct Capabilities: Encodable, Equatable {
        var bounding: [String]
        var effective: [String]
        var permitted: [String]
        var inheritable: [String]

        init(_ names: [String]) {
            (bounding, effective, permitted, inheritable) = (names, names, names, names)
        }
    }

    /// The container's process.
    struct Process: Encodable, Equatable {
        var terminal = false
        var user: User
        var args: [String]
        var env: [String]
        var cwd: String
        var capabilities: Capabilities
        var noNewPrivileges = true
    }

    /// Where the root file system is.
    struct Root: Encodable, Equatable {
        var path: String
        var readonly: Bool
    }

    /// Something that is mounted.
    struct Mount: Encodable, Equatable {
        var destination: String
        var type: String
        var source: String
        var options: [String]
    }

    /// A namespace that is made.
    struct Namespace: Encodable, Equatable {
        var type: String
    }

    /// Ids inside and the host's that they are.
    struct IdentityMapping: Encodable, Equatable {
        var containerID: UInt32
        var hostID: UInt32
        var size: UInt32
    }

    /// What is Linux's alone.
    struct Linux: Encodable, Equatable {
        var namespaces: [Namespace]
        var uidMappings: [IdentityMapping]
        var gidMappings: [IdentityMapping]
        var cgroupsPath: String?
        var maskedPaths: [String]
    }

    var ociVersion = "1.0.2"
    var process: Process
    var root: Root
    var hostname: String
    var mounts: [Mount]
    var linux: Linux

    /// The file's contents.
    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }
}
