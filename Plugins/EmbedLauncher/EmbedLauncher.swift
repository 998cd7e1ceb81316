import Foundation
import PackagePlugin

/// Builds the launcher as a static executable and the zygote as a shared object, and puts them among the library's resources.
///
/// The launcher is linked with flags that SwiftPM refuses in a dependency, so it is built as a root package of its own
/// by a second `swift build`. The zygote is preloaded into interpreters and must need no library but libc, while SwiftPM
/// links Swift's into every one: it is compiled by the toolchain's clang. An identity made from the sources goes into all
/// sides: the engine refuses a launcher or zygote that answers with another one.
@main
struct EmbedLauncher: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let swift = try context.tool(named: "swift").url
        let package = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL
        let sources = try launcherSources(of: package)
        let identity = try fingerprint(of: sources)
        guard target.name != Self.engine else { return [knowing(identity, in: output, from: sources)] }
        let script = """
            set -eu
            swift=$0 package=$1 output=$2 identity=$3
            SANDERLING_STATIC_BUILD=1 "$swift" build --quiet --configuration release \\
                --package-path "$package" --scratch-path "$output/build" --product sanderling-launcher \\
                -Xcc "-DSANDERLING_LAUNCHER_IDENTITY=$identity" 2>"$output/build.log" \\
                || { cat "$output/build.log" >&2; exit 1; }
            cp "$output/build/release/sanderling-launcher" "$output/sanderling-launcher"
            "$(dirname "$swift")/clang" -std=gnu17 -O2 -fPIC -shared -s -Wall -Wextra -Werror \
                "-DSANDERLING_LAUNCHER_IDENTITY=$identity" -I "$package/Sources/CLinux/include" \
                "$package/Sources/sanderling-zygote/"*.c "$package/Sources/CLinux/CLinux.c" \
                -o "$output/sanderling-zygote.so"
            """
        return [
            .buildCommand(
                displayName: "Building the launcher and the zygote",
                executable: URL(filePath: "/bin/sh"),
                arguments: ["-c", script, swift.path, package.path, output.path, identity],
                inputFiles: sources,
                outputFiles: [
                    output.appending(path: "sanderling-launcher"),
                    output.appending(path: "sanderling-zygote.so"),
                ],
            )
        ]
    }

    /// The target that starts them, whose resources they are not: whoever links that alone has them from elsewhere.
    private static let engine = "SandboxEngine"

    /// What tells the engine which launcher and zygote are its own.
    private func knowing(_ identity: String, in output: URL, from sources: [URL]) -> Command {
        let file = output.appending(path: "LauncherIdentity.swift")
        return .buildCommand(
            displayName: "Writing the launcher's identity",
            executable: URL(filePath: "/bin/sh"),
            arguments: ["-c", "echo \"let launcherIdentity: UInt64 = $0\" > \"$1\"", identity, file.path],
            inputFiles: sources,
            outputFiles: [file],
        )
    }

    /// Every source file that the two are made of, in a stable order.
    private func launcherSources(of package: URL) throws -> [URL] {
        // The test build's launcher is another, which no other build accepts.
        let isSabotage = ProcessInfo.processInfo.environment["SANDERLING_SABOTAGE"] != nil
        let targets =
            ["CLinux", "LaunchProtocol", "LinuxKernel", "sanderling-launcher", "sanderling-zygote"]
            + (isSabotage ? ["CSabotage"] : [])
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
