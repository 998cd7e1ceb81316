import Foundation
import PackagePlugin

/// Builds the launcher as a static executable and puts it among the library's resources.
///
/// The launcher is linked with flags that SwiftPM refuses in a dependency, so it is built as a root package of its own
/// by a second `swift build`. An identity made from its sources goes into both sides: the library refuses a launcher
/// that answers with another one.
@main
struct EmbedLauncher: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let swift = try context.tool(named: "swift").url
        let package = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL
        let sources = try launcherSources(of: package)
        let identity = try fingerprint(of: sources)
        let script = """
            set -eu
            swift=$0 package=$1 output=$2 identity=$3
            SANDERLING_LAUNCHER_BUILD=1 "$swift" build --quiet --configuration release \\
                --package-path "$package" --scratch-path "$output/build" --product sanderling-launcher \\
                -Xcc "-DSANDERLING_LAUNCHER_IDENTITY=$identity" 2>"$output/build.log" \\
                || { cat "$output/build.log" >&2; exit 1; }
            cp "$output/build/release/sanderling-launcher" "$output/sanderling-launcher"
            echo "let launcherIdentity: UInt64 = $identity" > "$output/LauncherIdentity.swift"
            """
        return [
            .buildCommand(
                displayName: "Building the launcher",
                executable: URL(filePath: "/bin/sh"),
                arguments: ["-c", script, swift.path, package.path, output.path, identity],
                inputFiles: sources,
                outputFiles: [
                    output.appending(path: "sanderling-launcher"),
                    output.appending(path: "LauncherIdentity.swift"),
                ],
            )
        ]
    }

    /// Every source file that the launcher is made of, in a stable order.
    private func launcherSources(of package: URL) throws -> [URL] {
        let targets = ["CLinux", "LaunchProtocol", "LinuxKernel", "sanderling-launcher"]
        let files = targets.flatMap { target in
            FileManager.default.enumerator(
                at: package.appending(path: "Sources/\(target)"),
                includingPropertiesForKeys: nil,
            )?.compactMap { $0 as? URL } ?? []
        }
        let sources = files.filter { ["swift", "c", "h"].contains($0.pathExtension) }
        return sources.sorted { $0.path < $1.path } + [package.appending(path: "Package.swift")]
    }

    /// A 63-bit FNV-1a hash of the sources: tells builds apart, proves nothing about an adversary.
    private func fingerprint(of sources: [URL]) throws -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for source in sources {
            for byte in try Data(contentsOf: source) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return String(hash >> 1)
    }
}
