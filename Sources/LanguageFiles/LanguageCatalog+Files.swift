public import Languages

extension LanguageCatalog {
    /// A catalog of the definitions in `directories`.
    ///
    /// - Parameter directories: Where definitions are looked for. Default: the user's directory, then the one that comes with
    ///   Sanderling.
    public init(directories: [String] = Self.standardDirectories()) {
        self.init(directories: directories, by: YAMLDocuments())
    }
}
