import ArgumentParser
import RunClient
import SandboxModel
import Sanderling

/// `sanderling warm`: makes ahead what compilations are faster with.
struct WarmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warm",
        abstract: "Make ahead what compiling is faster with.",
        discussion: """
            Precompiled headers, build caches and class archives, made by the compilers themselves in a sandbox and \
            kept in the cache directory; docs/caches.md describes them. Programs give the same results without. After \
            a compiler was upgraded, what was made with the old one is not used any more: run this again.

            Examples:
              sanderling warm
              sanderling warm cpp java

            Exit codes: 0 when everything is warm, 1 when something could not be made, 125 when Sanderling refused \
            or failed, 64 for a usage mistake.
            """,
    )

    @Argument(help: ArgumentHelp("Languages. (default: all that are installed)", valueName: "language"))
    var languages: [String] = []

    @OptionGroup var logging: LoggingOptions

    func run() async throws {
        try await conclude {
            logging.bootstrap()
            let items = try await Interruption.cancelling {
                try await withSandbox { sandbox in
                    try await sandbox.warm(languages.isEmpty ? nil : languages) { item in
                        let name = item.header.map { "\(item.language) <\($0)>" } ?? item.language
                        let line = "\(item.isWarm ? "warm" : "cold")  \(name)\n"
                        // Who does not read this is not to stop it.
                        try? StandardStream.output.write(line)
                    }
                }
            }
            return items.allSatisfy(\.isWarm) ? 0 : ExitStatus.unmet
        }
    }
}
