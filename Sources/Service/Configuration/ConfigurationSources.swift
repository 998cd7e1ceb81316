import Configuration
import Foundation
import SandboxModel
import SystemPackage
import Yams

/// Where settings come from, the most particular first: flags, the environment, a file.
package struct ConfigurationSources: Sendable {
    /// One place that settings come from.
    struct Source: Sendable {
        /// What it is called where a setting's origin is told: `--port`, `the environment`, a path.
        var name: String
        var reader: ConfigReader
    }

    let sources: [Source]
    /// Keys that no setting has, with the place they are written in.
    let unknownKeys: [(key: String, place: String)]

    /// The sources of a command.
    ///
    /// - Parameters:
    ///   - flags: What the command line sets, by key.
    ///   - environment: Variables; those called `SANDERLING_` and a setting's key count.
    ///   - file: Path of a YAML or JSON file, or `nil` for none.
    /// - Throws: ``ConfigurationMistakes`` when the file cannot be read as a mapping.
    package init(
        flags: [String: String] = [:],
        environment: [String: String] = [:],
        file: String? = nil,
    ) async throws {
        let values = flags.map {
            (AbsoluteConfigKey($0.key.components), ConfigValue(.string($0.value), isSecret: false))
        }
        var sources = [
            Source(
                name: "the command line",
                reader: ConfigReader(
                    provider: InMemoryProvider(values: Dictionary(values, uniquingKeysWith: { $1 }))
                ),
            ),
            Source(
                name: "the environment",
                reader: ConfigReader(
                    provider: EnvironmentVariablesProvider(environmentVariables: environment)
                        .prefixKeys(with: "sanderling")
                ),
            ),
        ]
        let known = Set(Setting.all.map(\.key))
        var unknown = flags.keys.filter { !known.contains($0) }.sorted().map {
            (key: $0, place: "the command line")
        }
        if let file {
            do {
                let text = try String(contentsOfFile: file, encoding: .utf8)
                // A file of comments alone sets nothing.
                if let root = try Yams.compose(yaml: text), root.null == nil || root.mapping != nil {
                    sources.append(
                        Source(
                            name: file,
                            reader: ConfigReader(
                                provider: try await FileProvider<YAMLSnapshot>(filePath: FilePath(file))
                            ),
                        )
                    )
                    unknown += Self.keys(of: root).filter { !known.contains($0) }.map {
                        (key: $0, place: file)
                    }
                }
            } catch {
                throw ConfigurationMistakes(["\(file): \(Self.reason(error))"])
            }
        }
        self.sources = sources
        unknownKeys = unknown
    }

    /// The keys of the leaves of a mapping, with dots between sections.
    private static func keys(of node: Node, below prefix: String = "") -> [String] {
        guard let mapping = node.mapping else { return [] }
        return mapping.flatMap { key, value -> [String] in
            let name = prefix + (key.string ?? "?")
            guard value.mapping != nil else { return [name] }
            return keys(of: value, below: name + ".")
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as CocoaError where error.code == .fileReadNoSuchFile: "there is no such file"
        case let error as CocoaError: error.localizedDescription
        default: "\(error)"
        }
    }
}

extension String {
    var components: [String] { split(separator: ".").map(String.init) }
}
