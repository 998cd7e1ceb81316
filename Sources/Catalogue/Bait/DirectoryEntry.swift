import Glibc

/// A name in a directory; readdir(3).
struct DirectoryEntry {
    /// The name.
    let name: String
    /// Whether it is a directory itself, and no link to one.
    let isDirectory: Bool

    /// Everything in a directory; nothing when it cannot be read.
    static func all(in directory: String) -> [Self] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var entries: [Self] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            entries.append(Self(name: name, isDirectory: entry.pointee.d_type == UInt8(DT_DIR)))
        }
        return entries
    }
}
