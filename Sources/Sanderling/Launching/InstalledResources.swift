import Foundation
import Glibc

/// Where the files are that come with the library.
enum InstalledResources {
    /// The directory of this process's executable, with every link followed; `nil` where /proc does not tell.
    static let executableDirectory: String? = {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        let executable = String(cString: path)
        guard let slash = executable.lastIndex(of: "/"), slash > executable.startIndex else { return "/" }
        return String(executable[..<slash])
    }()

    /// The prefix that `make install` was given, when this executable is `PREFIX/bin/…`.
    static var prefix: String? {
        guard let directory = executableDirectory, directory.hasSuffix("/bin") else { return nil }
        return String(directory.dropLast("/bin".count))
    }

    /// A resource of the package, as SwiftPM built it: beside the executable, as a rule.
    ///
    /// Only where it is not there is the bundle asked, which takes a millisecond.
    static func bundled(_ name: String) -> String? {
        // The bundle's accessor would end the process where it finds nothing.
        guard let executableDirectory else { return nil }
        let beside = executableDirectory + "/Sanderling_Sanderling.resources/" + name
        return access(beside, F_OK) == 0 ? beside : Bundle.module.path(forResource: name, ofType: nil)
    }
}
