import Glibc

/// The directories of a user that Sanderling reads and writes, after the XDG Base Directory Specification.
package enum UserDirectories {
    /// The value of a variable of this process's environment; getenv(3).
    package static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Definitions of languages of the user's own: `sanderling/languages` in `XDG_CONFIG_HOME`, or in `~/.config` where that is not
    /// set; `nil` where neither variable leads to an absolute path.
    package static var languages: String? {
        let configuration = variable("XDG_CONFIG_HOME") ?? variable("HOME").map { $0 + "/.config" }
        return configuration.flatMap { $0.hasPrefix("/") ? $0 + "/sanderling/languages" : nil }
    }

    /// ``languages``, when it is there.
    package static var ownLanguages: [String] {
        [languages].compactMap(\.self).filter { access($0, F_OK) == 0 }
    }

    /// The service's data: `/var/lib/sanderling` for root, else `$XDG_DATA_HOME/sanderling` or `~/.local/share/sanderling`.
    ///
    /// - Parameter environment: The value of a variable.
    /// - Returns: The path; `nil` where `HOME` would have to say it and is not set.
    package static func data(environment: (String) -> String? = variable) -> String? {
        if geteuid() == 0 { return "/var/lib/sanderling" }
        if let base = environment("XDG_DATA_HOME"), base.hasPrefix("/") { return base + "/sanderling" }
        return environment("HOME").map { $0 + "/.local/share/sanderling" }
    }
}
