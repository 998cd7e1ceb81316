import Foundation

extension LanguageCatalog {
    /// Where definitions are looked for: the user's directory, then the one that comes with Sanderling.
    ///
    /// The user's is `sanderling/languages` in `XDG_CONFIG_HOME`, or in `~/.config` where that is not set.
    public static func standardDirectories() -> [String] { userDirectories() + [builtInDirectory] }

    private static func userDirectories() -> [String] {
        let home = HostEnvironment.variable("HOME")
        let configuration = HostEnvironment.variable("XDG_CONFIG_HOME") ?? home.map { $0 + "/.config" }
        let user = configuration.flatMap { $0.hasPrefix("/") ? $0 + "/sanderling/languages" : nil }
        return user.map { [$0] } ?? []
    }

    /// Those of the user that are there.
    package var ownDirectories: [String] {
        directories.filter { $0 != Self.builtInDirectory && HostFile.exists($0) }
    }

    /// The same of a catalog of the standard directories.
    package static func standardOwnDirectories() -> [String] { userDirectories().filter(HostFile.exists) }

    /// The definitions that come with Sanderling.
    ///
    /// An installed command has them in `../share/sanderling/languages`, a built one in the resources beside it. Only where
    /// neither is there is the bundle asked, which stops the process when it finds nothing.
    public static let builtInDirectory = installed(share: "languages", resource: "Definitions")

    /// The module guards that come with Sanderling, found in the same way: a directory for each.
    public static let guardDirectory = installed(share: "guards", resource: "Guards")

    private static func installed(share: String, resource: String) -> String {
        let executable = HostFile.realPath("/proc/self/exe") ?? "/"
        let directory = HostFile.directory(of: executable)
        let places = [
            HostFile.normalised(directory + "/../share/sanderling/" + share),
            directory + "/Sanderling_Languages.resources/" + resource,
        ]
        return places.first(where: HostFile.exists) ?? Bundle.module.bundlePath + "/" + resource
    }
}
