import Places

extension LanguageCatalog {
    /// Where definitions are looked for: the user's directory, then the one that comes with Sanderling.
    ///
    /// The user's is `sanderling/languages` in `XDG_CONFIG_HOME`, or in `~/.config` where that is not set.
    public static func standardDirectories() -> [String] {
        [UserDirectories.languages, builtInDirectory].compactMap(\.self)
    }

    /// Those of the user that are there.
    package var ownDirectories: [String] {
        directories.filter { $0 != Self.builtInDirectory && HostFile.exists($0) }
    }

    /// The definitions that come with Sanderling.
    ///
    /// An installed command has them in `../share/sanderling/languages`, a built one in the resources beside it.
    public static let builtInDirectory = installed(share: "languages", resource: "Definitions")

    /// The module guards that come with Sanderling, found in the same way: a directory for each.
    public static let guardDirectory = installed(share: "guards", resource: "Guards")

    /// Never a path that the working directory is a part of: whoever can write there would say what is executed.
    private static func installed(share: String, resource: String) -> String {
        let built =
            (Installation.executableDirectory ?? "/nonexistent") + "/Sanderling_LanguageFiles.resources/"
        return Installation.file("share/sanderling/" + share) ?? built + resource
    }
}
