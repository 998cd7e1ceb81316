import Foundation
import SandboxModel

/// A host path to show inside: `data:/data`, `/srv/out:/out:rw`.
struct MountArgument {
    let mount: Mount

    /// Reads a mount whose source must exist; a relative one starts from the current directory.
    init(_ text: String) throws(Mistake) {
        let form = "write it as SRC:DST or SRC:DST:rw"
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || parts.count == 3, let source = parts.first, !source.isEmpty else {
            throw Mistake("\(text.quoted) is not a mount; \(form)")
        }
        let mode = parts.count == 3 ? parts[2] : "ro"
        guard mode == "ro" || mode == "rw" else {
            throw Mistake("\(mode.quoted) is not a way to mount; \(form)")
        }
        let destination = parts[1]
        let steps = destination.pathNames()
        guard destination.hasPrefix("/"), !steps.isEmpty, !steps.contains("..") else {
            throw Mistake(
                "the destination \(destination.quoted) must be an absolute path below / and without '..'"
            )
        }
        let absolute = URL(filePath: source).standardizedFileURL.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: absolute) else {
            throw Mistake("there is no file or directory \(source.quoted) on this host to mount")
        }
        mount = Mount(source: absolute, destination: destination, writable: mode == "rw")
    }
}
