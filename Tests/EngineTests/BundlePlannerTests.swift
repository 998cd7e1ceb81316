import Foundation
import LaunchProtocol
import LinuxKernel
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What an OCI runtime is asked for, and what is left for the container's init.
@Suite struct BundlePlannerTests {
    private static let surroundings = BundlePlanner.Surroundings(
        launcher: "/opt/launcher",
        connection: 3,
        identities: (1_073_741_824, 1_073_741_825),
        cgroup: nil,
        scratch: nil,
    )

    private static func blueprint(_ policy: Policy, compiles: Bool = false) throws -> CellBlueprint {
        let command = ExecutionPlan.Command(
            executable: "/usr/bin/true",
            arguments: ["true"],
            environment: [:],
        )
        let plan = ExecutionPlan(
            files: [],
            compile: compiles ? [command] : [],
            run: command,
            readOnlyPaths: [],
            policy: policy,
            limits: Limits(),
            compileLimits: .compileDefaults,
        )
        return try CellPlanner.blueprint(
            of: CellKind(plan, missing: []),
            capabilities: .init(landlock: 7, hasIdentityRange: true, opensMounts: false),
            filter: [],
        )
    }

    private static func bundle(_ policy: Policy = Policy(), compiles: Bool = false) throws -> ContainerBundle
    {
        try BundlePlanner.bundle(of: blueprint(policy, compiles: compiles), in: surroundings)
    }

    private static func json(_ bundle: ContainerBundle) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(bundle.configuration.bytes))
        return try #require(object as? [String: Any])
    }

    @Test func `the file is what the specification calls a configuration`() throws {
        let object = try Self.json(Self.bundle())
        #expect(object["ociVersion"] as? String == "1.0.2")
        let process = try #require(object["process"] as? [String: Any])
        #expect(process["terminal"] as? Bool == false)
        #expect(process["noNewPrivileges"] as? Bool == true)
        #expect(process["cwd"] as? String == "/")
        #expect(process["env"] as? [String] == [])
        #expect(process["args"] as? [String] == ["/sanderling/launcher", "container-init", "3"])
        let root = try #require(object["root"] as? [String: Any])
        #expect(root["path"] as? String == "rootfs")
        #expect(root["readonly"] as? Bool == true)
        let linux = try #require(object["linux"] as? [String: Any])
        let mappings = try #require(linux["uidMappings"] as? [[String: Int]])
        #expect(
            mappings == [
                ["containerID": 0, "hostID": 1_073_741_824, "size": 1],
                ["containerID": 1_000, "hostID": 1_073_741_825, "size": 1],
            ]
        )
        #expect(linux["gidMappings"] as? [[String: Int]] == mappings)
        // Without it, no cgroup's path is there, which runtimes take for an answer.
        #expect(linux["cgroupsPath"] == nil)
    }

    @Test func `every namespace of a cell's is asked for, and the host's network alone is kept`() throws {
        func namespaces(_ policy: Policy) throws -> Set<String> {
            Set(try Self.bundle(policy).configuration.linux.namespaces.map(\.type))
        }
        let all: Set = ["user", "mount", "pid", "ipc", "uts", "network"]
        #expect(try namespaces(Policy()) == all)
        #expect(try namespaces(Policy(network: .loopback)) == all)
        #expect(try namespaces(Policy(network: .host)) == all.subtracting(["network"]))
    }

    @Test func `init has what it needs over its own namespaces and nothing over the kernel`() throws {
        let capabilities = try Self.bundle().configuration.process.capabilities
        #expect(capabilities.bounding == BundlePlanner.capabilities)
        #expect(capabilities.effective == capabilities.bounding)
        #expect(capabilities.permitted == capabilities.bounding)
        #expect(capabilities.inheritable == capabilities.bounding)
        let forbidden = [
            "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_BOOT", "CAP_MKNOD", "CAP_SYS_PTRACE", "CAP_BPF",
        ]
        #expect(capabilities.bounding.allSatisfy { !forbidden.contains($0) })
    }

    @Test func `whatever comes from the host is read-only but for what is lent for writing`() throws {
        let policy = Policy(mounts: [
            Mount(source: "/etc", destination: "/data"),
            Mount(source: "/var", destination: "/out", writable: true),
        ])
        let bundle = try Self.bundle(policy)
        let binds = bundle.configuration.mounts.filter { $0.type == "bind" }
        #expect(binds.contains { $0.source == "/usr" && $0.destination == "/usr" })
        #expect(binds.contains { $0.source == "/opt/launcher" && $0.destination == BundlePlanner.initPath })
        for bind in binds {
            let writable = bind.destination == "/out"
            #expect(bind.options.contains("ro") != writable, "\(bind)")
            #expect(bind.options.contains("rw") == writable, "\(bind)")
            #expect(bind.options.contains("nosuid") && bind.options.contains("nodev"), "\(bind)")
            #expect(!bind.options.contains { $0.contains("shared") || $0.contains("slave") }, "\(bind)")
        }
        // And once more by init, with what is mounted further down.
        let readOnly = CellPlanner.readOnly.rawValue
        for path in ["/usr", "/data"] {
            #expect(bundle.tree.contains(.attributes(path: path, attributes: readOnly, recursive: true)))
        }
        let lent = MountAttributes([.noSetUserID, .noDevices]).rawValue
        #expect(bundle.tree.contains(.attributes(path: "/out", attributes: lent, recursive: true)))
    }

    @Test func `what a cell hides a container hides`() throws {
        let masked = Set(try Self.bundle().configuration.linux.maskedPaths)
        let expected = CellLayout.maskedProcessFiles + CellLayout.maskedProcessDirectories
        #expect(masked == Set(expected.map { "/proc/" + $0 } + ["/usr/local"]))
    }

    @Test func `init lets go of its own file and of surplus devices, and seals what is there last`() throws {
        for bundle in [
            try Self.bundle(), try Self.bundle(Policy(filesystem: .scratch)), try Self.bundle(compiles: true),
        ] {
            #expect(bundle.tree.contains(.detach(path: BundlePlanner.initPath)))
            for name in ["tty", "console", "ptmx"] {
                #expect(bundle.tree.contains(.remove(path: "/dev/" + name)))
            }
            let seal = try #require(
                bundle.tree.firstIndex { if case .attributes = $0 { true } else { false } }
            )
            #expect(
                bundle.tree[seal...].allSatisfy { if case .attributes = $0 { true } else { false } },
                "a step after the tree is sealed would find it read-only",
            )
            let readOnly = CellPlanner.readOnly.rawValue
            for path in ["/", "/dev", "/proc"] {
                #expect(
                    bundle.tree.contains(.attributes(path: path, attributes: readOnly, recursive: false))
                )
            }
            for name in CellLayout.devices {
                let sealed = bundle.tree.contains { step in
                    guard case .attributes("/dev/" + name, let attributes, _) = step else { return false }
                    return MountAttributes(rawValue: attributes).contains(.readOnly)
                }
                #expect(sealed, "the times of \(name) are the host's")
            }
        }
    }

    @Test func `directories of the root file system come before what is in them, and once`() throws {
        let files = try Self.bundle(Policy(filesystem: .scratch)).files
        #expect(Set(files.map(\.path)).count == files.count)
        var known: Set<String> = [""]
        for file in files {
            let parent = file.path.lastIndex(of: "/").map { String(file.path[..<$0]) } ?? ""
            #expect(known.contains(parent), "\(file.path) has no directory yet")
            if file.form == .directory { known.insert(file.path) }
        }
        #expect(files.contains { $0.path == "/etc/passwd" && $0.form != .directory })
        // What is below a mount would be hidden by it.
        #expect(!files.contains { $0.path.hasPrefix("/dev/") || $0.path.hasPrefix("/usr/") })
    }

    @Test func `where the kernel is the runtime's own, everything is the runtime's to mount`() throws {
        var surroundings = Self.surroundings
        surroundings.scratch = 5_000_000
        for (policy, compiles) in [
            (Policy(), false), (Policy(), true), (Policy(filesystem: .scratch), false),
        ] {
            let blueprint = try Self.blueprint(policy, compiles: compiles)
            let bundle = try BundlePlanner.bundle(of: blueprint, in: surroundings)
            // Init makes nothing but directories that are there.
            for step in bundle.tree {
                guard case .directory(let path, _, _) = step else {
                    Issue.record("\(step) cannot be carried out")
                    continue
                }
                #expect(bundle.configuration.mounts.contains { $0.destination == path && $0.type == "tmpfs" })
            }
            #expect(bundle.configuration.linux.uidMappings.isEmpty)
            #expect(!bundle.configuration.linux.namespaces.contains { $0.type == "user" })
            let writes = compiles || policy.filesystem == .scratch
            let temporary = try #require(bundle.configuration.mounts.first { $0.destination == "/tmp" })
            #expect(temporary.options.contains("ro") != writes)
            #expect(temporary.options.contains("size=5000000") == writes)
            let local = bundle.configuration.mounts.first { $0.destination == "/usr/local" }
            #expect(local?.options.contains("ro") == true)
        }
    }

    @Test func `a step without a counterpart refuses the launch`() throws {
        var blueprint = try Self.blueprint(Policy())
        blueprint.cell.tree.append(.empty(path: "/work"))
        #expect(throws: SandboxError.self) { try BundlePlanner.bundle(of: blueprint, in: Self.surroundings) }
        blueprint = try Self.blueprint(Policy())
        blueprint.tree.append(
            .bind(source: .descriptor(index: 0), path: "/opt", attributes: 0, isDirectory: true)
        )
        #expect(throws: SandboxError.self) { try BundlePlanner.bundle(of: blueprint, in: Self.surroundings) }
    }

    @Test func `messages to a runtime and to its container survive the wire`() throws {
        let runtime = RuntimePlan(
            executable: Array("/usr/bin/crun".utf8),
            arguments: [Array("crun".utf8), []],
            environment: [Array("PATH=/bin".utf8)],
            connection: 3,
            hiddenMounts: ["/sys/fs/cgroup/unified"],
        )
        let request = LauncherRequest.startRuntime(runtime)
        #expect(try LauncherRequest(wireBytes: request.wireBytes) == request)
        for loopback in [true, false, nil] {
            let plan = ContainerPlan(
                left: [.init(name: "user", inode: 4_026_531_837)],
                identities: [.init(inside: 1_000, outside: 1_073_741_825, count: 1)],
                tree: [.detach(path: "/x")],
                loopback: loopback,
            )
            #expect(try ContainerPlan(wireBytes: plan.wireBytes) == plan)
        }
    }
}
