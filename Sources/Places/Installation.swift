import Glibc

/// Where this process's executable is, and what was installed with it.
package enum Installation {
    /// The directory of this process's executable, with every link followed; `nil` where /proc does not tell.
    package static let executableDirectory: String? = {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        let executable = String(cString: path)
        guard let slash = executable.lastIndex(of: "/"), slash > executable.startIndex else { return "/" }
        return String(executable[..<slash])
    }()

    /// The prefix that `make install` was given, when this executable is in its `bin` or `libexec/sanderling`.
    ///
    /// It also serves programs that embed the library and are installed beside the command.
    package static let prefix: String? = executableDirectory.flatMap { prefix(of: $0) }

    /// The prefix that `directory` belongs to as one of executables.
    package static func prefix(of directory: String) -> String? {
        for place in ["/bin", "/libexec/sanderling"] where directory.hasSuffix(place) {
            return String(directory.dropLast(place.count))
        }
        return nil
    }

    /// What `make install` put at `path` below its prefix; `nil` when it is not there.
    package static func file(_ path: String) -> String? {
        guard let file = prefix.map({ $0 + "/" + path }), access(file, F_OK) == 0 else { return nil }
        return file
    }

    /// What SwiftPM put at `path` beside the executable that it built; `nil` when it is not there.
    package static func built(_ path: String) -> String? {
        guard let file = executableDirectory.map({ $0 + "/" + path }), access(file, F_OK) == 0 else {
            return nil
        }
        return file
    }
}
