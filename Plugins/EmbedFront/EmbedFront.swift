import Foundation
import PackagePlugin

/// Builds the command's front as a static executable and puts it among the command's resources, from where `make install` takes it.
///
/// Like the launcher, it is linked with flags that SwiftPM refuses in a dependency: a second `swift build` makes it.
@main
struct EmbedFront: BuildToolPlugin {
    private static let targets = [
        "CLinux", "LaunchProtocol", "LinuxKernel", "LocalProtocol", "Places", "RunClient", "SandboxModel",
        "sanderling-front",
    ]

    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let swift = try context.tool(named: "swift").url
        let package = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL
        let script = """
            set -eu
            swift=$0 package=$1 output=$2
            SANDERLING_STATIC_BUILD=1 "$swift" build --quiet --configuration release \\
                --package-path "$package" --scratch-path "$output/build" --product sanderling-front \\
                2>"$output/build.log" || { cat "$output/build.log" >&2; exit 1; }
            cp "$output/build/release/sanderling-front" "$output/sanderling-front"
            """
        return [
            .buildCommand(
                displayName: "Building the command's front",
                executable: URL(filePath: "/bin/sh"),
                arguments: ["-c", script, swift.path, package.path, output.path],
                inputFiles: sources(of: package),
                outputFiles: [output.appending(path: "sanderling-front")],
            )
        ]
    }

    private func sources(of package: URL) -> [URL] {
        let files = Self.targets.flatMap { target in
            FileManager.default.enumerator(
                at: package.appending(path: "Sources/\(target)"),
                includingPropertiesForKeys: nil,
            )?.compactMap { $0 as? URL } ?? []
        }
        return files.filter { ["swift", "c", "h"].contains($0.pathExtension) }
            + [package.appending(path: "Package.swift")]
    }
}
