package import SandboxModel
import Sanderling

/// A way that a program takes into its sandbox.
package enum ProvePath: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing is ready: cells are made when they are needed, interpreters start afresh, everything is compiled.
    case cold
    /// Cells wait, interpreters have started in them, and what was compiled before is taken from the cache.
    case warm

    /// What a sandbox of this path is made with.
    ///
    /// - Parameters:
    ///   - cache: A directory for what programs compile to, of this run alone.
    ///   - isolation: What programs are kept in by.
    /// - Returns: The configuration.
    func configuration(cache: String, isolation: IsolationKind) -> Sandbox.Configuration {
        switch self {
        case .cold: Sandbox.Configuration(compileCache: .off, readyCells: 0, isolation: isolation)
        case .warm:
            Sandbox.Configuration(
                compileCache: CompileCacheConfiguration(directory: cache),
                isolation: isolation,
            )
        }
    }

    /// The paths into an isolation: only cells of namespaces are made ahead of need.
    package static func paths(into isolation: IsolationKind) -> [ProvePath] {
        isolation == .namespaces ? allCases : [.cold]
    }
}
