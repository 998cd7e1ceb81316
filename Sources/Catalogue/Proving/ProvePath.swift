import Sanderling

/// A way that a program takes into its sandbox.
package enum ProvePath: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing is ready: cells are made when they are needed, interpreters start afresh, everything is compiled.
    case cold
    /// Cells wait, interpreters have started in them, and what was compiled before is taken from the cache.
    case warm

    /// What a sandbox of this path is made with.
    ///
    /// - Parameter cache: A directory for what programs compile to, of this run alone.
    /// - Returns: The configuration.
    func configuration(cache: String) -> Sandbox.Configuration {
        switch self {
        case .cold: Sandbox.Configuration(compileCache: .off, readyCells: 0)
        case .warm: Sandbox.Configuration(compileCache: CompileCacheConfiguration(directory: cache))
        }
    }
}
