// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// A package of its own, so that who depends on Sanderling does not depend on the harness.
let package = Package(
    name: "SanderlingBenchmarks",
    dependencies: [
        .package(name: "Sanderling", path: ".."),
        // Without its traits: they preload libraries that count allocations, also into what is started bare.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "WriteFilter",
            dependencies: [.product(name: "Sanderling", package: "Sanderling")],
            path: "WriteFilter",
            swiftSettings: settings,
        ),
        .target(name: "CBareProcess", path: "CBareProcess"),
        .executableTarget(
            name: "SanderlingBenchmarks",
            dependencies: [
                "CBareProcess",
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "Sanderling", package: "Sanderling"),
            ],
            path: "SanderlingBenchmarks",
            swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")],
        ),
    ],
)
