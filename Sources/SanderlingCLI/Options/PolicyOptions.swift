public import ArgumentParser
public import SandboxModel

/// What the program may reach.
struct PolicyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            What keeps it in: namespaces; landlock, for hosts that forbid user namespaces, with fewer walls, which \
            the result names; or oci: and an installed OCI runtime, crun, runc or runsc. (default: namespaces)
            """,
            valueName: "kind",
        )
    )
    var isolation: IsolationKind?

    @Option(
        help: "Network the program sees: none at all, a private loopback, or the host's own. (default: none)"
    )
    var network: NetworkAccess?

    @Option(
        help: """
            Files it may write: none at all, or a private directory in memory that is gone afterwards. \
            (default: none)
            """
    )
    var filesystem: FilesystemAccess?

    @Option(
        name: .customLong("mount"),
        parsing: .singleValue,
        help: ArgumentHelp(
            """
            Show a file or directory of the host inside, read-only unless ':rw' follows. Under root the \
            program is a user of its own, so that it can write only where others may (chmod o+rwx).
            """,
            valueName: "src:dst[:rw]",
        ),
        transform: { try MountArgument($0).mount },
    )
    var mounts: [Mount] = []

    @Option(
        name: .customLong("deny-module"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "Modules the program may not import, by comma (Python, JavaScript).",
            valueName: "names",
        ),
        transform: { try ModuleNames(denied: $0) },
    )
    var denied: [ModuleNames] = []

    @Option(
        name: .customLong("allow-module"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "The only modules it may import, by comma; '' allows none.",
            valueName: "names",
        ),
        transform: { try ModuleNames(allowed: $0) },
    )
    var allowed: [ModuleNames] = []

    @Option(
        name: .customLong("allow-missing"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "Layers you can do without where this host lacks them, by comma; see 'sanderling doctor'.",
            valueName: "layers",
        ),
        completion: .list(Layer.allCases.map(\.rawValue)),
        transform: { try LayerNames($0) },
    )
    var allowMissing: [LayerNames] = []

    /// The policy that was asked for.
    var policy: Policy {
        Policy(
            network: network ?? .none,
            filesystem: filesystem ?? .none,
            mounts: mounts,
            modules: ModulePolicy(
                denied: denied.flatMap(\.names),
                allowed: allowed.isEmpty ? nil : allowed.flatMap(\.names),
            ),
            allowMissing: Set(allowMissing.flatMap(\.layers)),
            isolation: isolation ?? .namespaces,
        )
    }
}

extension IsolationKind: ExpressibleByArgument {}
extension NetworkAccess: ExpressibleByArgument {}
extension FilesystemAccess: ExpressibleByArgument {}
