package import SandboxModel

/// What must hold for the files that come out of a sandbox, besides that none holds the bait's token.
package struct CollectedRule: Sendable, Hashable {
    /// The paths that come out, all of them; any where there is no such list.
    package var paths: [String]?
    /// Regular expressions each of which a path must match.
    package var some: [String]
    /// Regular expressions that no path may match.
    package var never: [String]
    /// The most that all files hold together.
    package var size: ByteCount?

    /// Rules; without arguments, none.
    package init(
        paths: [String]? = nil,
        some: [String] = [],
        never: [String] = [],
        size: ByteCount? = nil,
    ) {
        self.paths = paths
        self.some = some
        self.never = never
        self.size = size
    }
}
