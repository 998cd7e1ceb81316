// swift-tools-version: 6.3
import PackageDescription

// A package of its own: nothing but scripts/cpython-comparison needs it.
let package = Package(
    name: "SanderlingCPythonComparison",
    dependencies: [
        .package(name: "Sanderling", path: "../.."),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "StartBoth",
            dependencies: [
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Sanderling", package: "Sanderling"),
            ],
            path: "StartBoth",
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
            ],
        )
    ],
)
