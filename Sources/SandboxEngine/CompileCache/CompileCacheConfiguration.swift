public import SandboxModel

/// Whether, where and how much of what programs compile to is kept.
public struct CompileCacheConfiguration: Sendable, Hashable {
    /// Whether anything is kept, or looked for.
    ///
    /// Default: yes.
    public var isEnabled: Bool
    /// The directory, which nobody but this user may have rights to; otherwise it is not used, and every program is compiled.
    ///
    /// Default: `/var/cache/sanderling` for root, else `sanderling` in `XDG_CACHE_HOME` or `~/.cache`.
    public var directory: String?
    /// The most that compiled programs take of it; the least recently used make room.
    ///
    /// Default: 1 GiB.
    public var size: ByteCount

    /// A configuration; without arguments, the defaults.
    public init(isEnabled: Bool = true, directory: String? = nil, size: ByteCount = .mebibytes(1_024)) {
        self.isEnabled = isEnabled
        self.directory = directory
        self.size = size
    }

    /// Keeps nothing and looks for nothing.
    public static let off = CompileCacheConfiguration(isEnabled: false)
}
