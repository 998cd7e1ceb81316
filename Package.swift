// swift-tools-version: 6.3
import PackageDescription

/// Settings of every Swift target.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// Whether this is the test build in which walls can be left out; scripts/sabotage-test makes it, and nothing installs it.
let isSabotage = Context.environment["SANDERLING_SABOTAGE"] != nil

/// Whether this is the package of what is linked with -static-executable, which the plugins EmbedLauncher and EmbedFront build.
let isStatic = Context.environment["SANDERLING_STATIC_BUILD"] != nil

/// Whether `sanderling-run` is built, which `make build` does after all else: it is linked statically as well.
let isDirect = Context.environment["SANDERLING_DIRECT_RUN"] != nil

/// What the launcher and the command's front are made of: no Foundation, no dependency, nothing concurrent.
let staticTargets: [Target] = [
    .target(name: "CLinux"),
    .target(name: "LinuxKernel", dependencies: ["CLinux"]),
    .target(name: "LaunchProtocol"),
    .target(name: "SandboxModel"),
    // Where files of Sanderling's and of its user are.
    .target(name: "Places"),
    // The launcher's beginning, for whoever goes on with it.
    .target(
        name: "LauncherStart",
        dependencies: ["LaunchProtocol", "LinuxKernel", "Places", "SandboxModel"],
    ),
    // What `sanderling run` and a service on the same machine say to each other.
    .target(name: "LocalProtocol", dependencies: ["LaunchProtocol", "LinuxKernel", "SandboxModel"]),
    // `sanderling run` as far as it needs no sandbox of its own.
    .target(
        name: "RunClient",
        dependencies: ["LaunchProtocol", "LinuxKernel", "LocalProtocol", "Places", "SandboxModel"],
    ),
]

/// What the launcher of that build is linked with besides, and the functions that are then taken from there; --wrap of ld(1).
let sabotageTargets: [Target] = isSabotage ? [.target(name: "CSabotage", dependencies: ["CLinux"])] : []
let sabotagedFunctions =
    [
        "clone3", "unshare", "mount", "loopback_up", "set_dumpable", "bound_capabilities",
        "clear_capabilities", "set_no_new_privileges", "landlock_restrict", "install_filter", "set_limit",
        "forbid_core_files", "close_all_from", "set_mount_attributes",
    ].map { "sanderling_" + $0 } + ["sethostname", "kill", "open", "openat", "fstatat"]
let sabotageFlags = sabotagedFunctions.flatMap { ["-Xlinker", "--wrap=" + $0] }

let package: Package

// The launcher and the front are linked with -static-executable, which SwiftPM calls an unsafe flag and refuses in a dependency.
// The plugins EmbedLauncher and EmbedFront therefore build them as a root package of its own, by setting this variable.
if isStatic {
    let linking: [LinkerSetting] = [.unsafeFlags(["-static-executable", "-Xlinker", "-s"])]
    package = Package(
        name: "Sanderling",
        products: [
            .executable(name: "sanderling-launcher", targets: ["sanderling-launcher"]),
            .executable(name: "sanderling-front", targets: ["sanderling-front"]),
        ],
        targets: staticTargets + sabotageTargets + [
            .executableTarget(
                name: "sanderling-launcher",
                dependencies: ["CLinux", "LinuxKernel", "LaunchProtocol"]
                    + sabotageTargets.map { .target(name: $0.name) },
                linkerSettings: linking + (isSabotage ? [.unsafeFlags(sabotageFlags)] : []),
            ),
            .executableTarget(
                name: "sanderling-front",
                dependencies: ["LaunchProtocol", "LauncherStart", "LinuxKernel", "Places", "RunClient"],
                linkerSettings: linking,
            ),
        ],
    )
} else {
    package = Package(
        name: "Sanderling",
        products: [
            .library(name: "Sanderling", targets: ["Sanderling"]),
            .executable(name: "sanderling", targets: ["SanderlingCLI"]),
        ],
        traits: [
            .trait(
                name: "TLS",
                description: "HTTPS by certificate files in `sanderling serve`; adds BoringSSL to the build.",
            )
        ],
        dependencies: [
            .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
            .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
            .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
            .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
            .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
            .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
            .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
            .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
            .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
            .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
            .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
            .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
            .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
        ],
        targets: staticTargets + [
            .plugin(name: "EmbedLauncher", capability: .buildTool()),
            .plugin(name: "EmbedFront", capability: .buildTool()),
            // What is known of languages, whatever takes the files apart that say it.
            .target(name: "Languages", dependencies: ["Places", "SandboxModel"]),
            .target(
                name: "LanguageFiles",
                dependencies: ["Languages", "SandboxModel", .product(name: "Yams", package: "Yams")],
                resources: [.copy("Definitions"), .copy("Guards")],
            ),
            // Cells and what runs in them. No YAML, no resources: either needs all of Foundation, which takes longer to start than a
            // cell does.
            .target(
                name: "SandboxEngine",
                dependencies: [
                    "CLinux", "LauncherStart", "LinuxKernel", "LaunchProtocol", "Languages", "Places",
                    "SandboxModel",
                    .product(name: "Crypto", package: "swift-crypto"),
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "Metrics", package: "swift-metrics"),
                ],
                plugins: ["EmbedLauncher"],
            ),
            // The library: the engine's interface for those who have tasks, and batches.
            .target(
                name: "Sanderling",
                dependencies: [
                    "LanguageFiles", "Languages", "LinuxKernel", "SandboxEngine", "SandboxModel",
                    .product(name: "Crypto", package: "swift-crypto"),
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "Yams", package: "Yams"),
                ],
                resources: [.copy("Seccomp/profile.json")],
                plugins: ["EmbedLauncher"],
            ),
            .target(name: "Reporting", dependencies: ["SandboxModel"]),
            // Data and a judge, apart from the library: who embeds that has no use for attacks.
            .target(
                name: "Catalogue",
                dependencies: [
                    "LanguageFiles", "Languages", "LinuxKernel", "Places", "Reporting", "SandboxModel",
                    "Sanderling",
                    .product(name: "Crypto", package: "swift-crypto"),
                ],
                resources: [.copy("Cases")],
            ),
            // What keeps and queues submissions; knows nothing of HTTP.
            .target(
                name: "Service",
                dependencies: [
                    "LanguageFiles", "Languages", "LinuxKernel", "Places", "Reporting", "SandboxModel",
                    "Sanderling",
                    .product(name: "Configuration", package: "swift-configuration"),
                    .product(name: "Crypto", package: "swift-crypto"),
                    .product(name: "GRDB", package: "GRDB.swift"),
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "Metrics", package: "swift-metrics"),
                    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                    .product(name: "SystemPackage", package: "swift-system"),
                    .product(name: "Yams", package: "Yams"),
                ],
            ),
            // The service's routes.
            .target(
                name: "ServiceHTTP",
                dependencies: [
                    "Languages", "Reporting", "SandboxModel", "Sanderling", "Service",
                    .product(name: "Hummingbird", package: "hummingbird"),
                    .product(name: "HummingbirdCore", package: "hummingbird"),
                    .product(
                        name: "HummingbirdTLS",
                        package: "hummingbird",
                        condition: .when(traits: ["TLS"]),
                    ),
                    .product(name: "Crypto", package: "swift-crypto"),
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "Metrics", package: "swift-metrics"),
                    .product(name: "NIOCore", package: "swift-nio"),
                    .product(name: "NIOHTTP1", package: "swift-nio"),
                    .product(name: "NIOWebSocket", package: "swift-nio"),
                    .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
                    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                ],
            ),
            // The service's web page: its files are a part of the command.
            .target(
                name: "ServicePage",
                dependencies: [
                    "ServiceHTTP",
                    .product(name: "Crypto", package: "swift-crypto"),
                    .product(name: "Hummingbird", package: "hummingbird"),
                    .product(name: "NIOCore", package: "swift-nio"),
                ],
                resources: [.embedInCode("Page")],
            ),
            // Judge0's routes, made of calls of the service.
            .target(
                name: "Judge0",
                dependencies: [
                    "Languages", "Reporting", "SandboxModel", "Service", "ServiceHTTP",
                    .product(name: "Hummingbird", package: "hummingbird"),
                    .product(name: "HummingbirdCore", package: "hummingbird"),
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "NIOCore", package: "swift-nio"),
                    .product(name: "NIOHTTP1", package: "swift-nio"),
                    .product(name: "NIOPosix", package: "swift-nio"),
                    .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
                    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                ],
            ),
            // Piston's routes, for its clients.
            .target(
                name: "Piston",
                dependencies: [
                    "Languages", "Reporting", "SandboxModel", "Service", "ServiceHTTP",
                    .product(name: "Hummingbird", package: "hummingbird"),
                ],
            ),
            .target(
                name: "LocalServer",
                dependencies: [
                    "Languages", "LaunchProtocol", "LinuxKernel", "LocalProtocol", "Reporting",
                    "SandboxModel", "Service",
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "NIOCore", package: "swift-nio"),
                    .product(name: "NIOPosix", package: "swift-nio"),
                    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                ],
            ),
            // `sanderling run` in a sandbox of its own process.
            .target(
                name: "DirectRun",
                dependencies: ["Languages", "LinuxKernel", "RunClient", "SandboxEngine", "SandboxModel"],
            ),
            .executableTarget(
                name: "SanderlingCLI",
                dependencies: [
                    "Catalogue", "Judge0", "LanguageFiles", "Languages", "LinuxKernel", "LocalProtocol",
                    "LocalServer",
                    "Piston",
                    "Places", "Reporting", "RunClient", "SandboxModel", "Sanderling", "Service",
                    "ServiceHTTP",
                    "ServicePage",
                    .product(name: "ArgumentParser", package: "swift-argument-parser"),
                    .product(name: "Crypto", package: "swift-crypto"),
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "Metrics", package: "swift-metrics"),
                    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                    .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                ],
                plugins: ["EmbedFront"],
            ),
            .testTarget(
                name: "ServiceTests",
                dependencies: [
                    "Judge0", "LaunchProtocol", "LocalProtocol", "Piston", "Reporting", "SandboxModel",
                    "Sanderling", "Service", "ServiceHTTP", "ServicePage",
                    .product(name: "GRDB", package: "GRDB.swift"),
                    .product(name: "Hummingbird", package: "hummingbird"),
                    .product(name: "HummingbirdCore", package: "hummingbird"),
                    .product(name: "Logging", package: "swift-log"),
                    .product(name: "NIOCore", package: "swift-nio"),
                    .product(name: "NIOEmbedded", package: "swift-nio"),
                    .product(name: "NIOPosix", package: "swift-nio"),
                    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                    .product(name: "Yams", package: "Yams"),
                ],
            ),
            .target(name: "SchemaCheck", path: "Tests/SchemaCheck"),
            .testTarget(name: "ReportingTests", dependencies: ["Reporting", "SandboxModel", "SchemaCheck"]),
            .testTarget(
                name: "CatalogueTests",
                dependencies: [
                    "Catalogue", "Languages", "LinuxKernel", "SandboxModel", "Sanderling", "SchemaCheck",
                    .product(name: "Crypto", package: "swift-crypto"),
                ],
            ),
            .testTarget(
                name: "LanguagesTests",
                dependencies: ["LanguageFiles", "Languages", "SandboxModel"],
            ),
            .testTarget(name: "SandboxModelTests", dependencies: ["SandboxModel"]),
            .testTarget(name: "BatchTests", dependencies: ["Languages", "SandboxModel", "Sanderling"]),
            .testTarget(
                name: "CommandTests",
                dependencies: [
                    "Catalogue", "DirectRun", "Languages", "LinuxKernel", "Places", "Reporting", "RunClient",
                    "SandboxModel",
                    "Sanderling", "SanderlingCLI",
                    .product(name: "ArgumentParser", package: "swift-argument-parser"),
                    .product(name: "Logging", package: "swift-log"),
                ],
            ),
            .testTarget(
                name: "CacheTests",
                dependencies: ["Languages", "LinuxKernel", "SandboxEngine", "SandboxModel", "Sanderling"],
            ),
            .testTarget(
                name: "SeccompTests",
                dependencies: [
                    "Languages", "Places", "SandboxEngine", "SandboxModel", "SandboxProbe", "Sanderling",
                ],
            ),
            .testTarget(
                name: "EngineTests",
                dependencies: [
                    "LaunchProtocol", "LinuxKernel", "SandboxEngine", "SandboxModel", "Sanderling",
                ],
            ),
            // One sandbox for all tests of a process, which bounds how many programs run at once.
            .target(
                name: "SandboxProbe",
                dependencies: ["SandboxModel", "Sanderling"],
                path: "Tests/SandboxProbe",
            ),
            .testTarget(
                name: "IsolationTests",
                dependencies: [
                    "Languages", "LinuxKernel", "SandboxEngine", "SandboxModel", "SandboxProbe", "Sanderling",
                    .product(name: "Logging", package: "swift-log"),
                ],
            ),
            .testTarget(
                name: "GuardTests",
                dependencies: ["Languages", "SandboxEngine", "SandboxModel", "SandboxProbe", "Sanderling"],
                exclude: ["Attacks", "Benign"],
            ),
        ],
    )
}

// The loader has nothing to do for it, and it is position-independent all the same; `--disable-local-rpath` is needed for that, as a
// static executable that names places to search ends at once. SwiftPM refuses such flags in a dependency, where nobody sets this.
if isDirect, !isStatic {
    package.products.append(.executable(name: "sanderling-run", targets: ["sanderling-run"]))
    package.targets.append(
        .executableTarget(
            name: "sanderling-run",
            dependencies: ["DirectRun", "LauncherStart", "RunClient", "SandboxEngine"],
            linkerSettings: [
                .unsafeFlags([
                    "-static-executable", "-use-ld=lld", "-Xclang-linker", "-static-pie", "-Xlinker", "-s",
                ])
            ],
        )
    )
}

// What `make fuzz` runs. libFuzzer's library and its counters are no part of any other build: only scripts/fuzz sets this.
if Context.environment["SANDERLING_FUZZ"] != nil, !isStatic {
    let counted = [
        "Judge0", "LanguageFiles", "Languages", "LaunchProtocol", "LocalProtocol", "SandboxEngine",
        "SandboxModel",
        "Sanderling", "ServiceHTTP",
    ]
    for target in package.targets where counted.contains(target.name) {
        target.swiftSettings = [.unsafeFlags(["-sanitize=fuzzer"])]
    }
    package.targets += [
        .target(name: "CFuzzer", path: "Fuzz/CFuzzer"),
        .executableTarget(
            name: "SanderlingFuzz",
            dependencies: ["CFuzzer"] + counted.map { .init(stringLiteral: $0) } + [
                .product(name: "NIOCore", package: "swift-nio")
            ],
            path: "Fuzz/SanderlingFuzz",
            // GNU's gold ends with an internal error here.
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])],
        ),
    ]
}

for target in package.targets
where target.type != .plugin && !["CLinux", "CFuzzer", "CSabotage"].contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
    // A release build is told that it was asked to leave walls out, and ends there: Sources/SandboxModel/Sabotage.swift. What is
    // linked statically, always for release, has them left out by the linker.
    if isSabotage, !isStatic {
        target.swiftSettings? += [
            .define("SANDERLING_SABOTAGE", .when(configuration: .debug)),
            .define("SANDERLING_SABOTAGE_OF_RELEASE", .when(configuration: .release)),
        ]
    }
}
