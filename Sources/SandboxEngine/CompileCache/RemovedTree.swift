import Glibc
import LinuxKernel

/// Removes directories that are Sanderling's own, with everything in them.
enum RemovedTree {
    /// Removes what is called `name` in `directory`, links themselves; what cannot be removed stays.
    ///
    /// A program may have made what is in it, and nested it as deep as it liked: only one level is open at a time.
    static func remove(_ name: String, in directory: Int32) {
        if unlinkat(directory, name, 0) == 0 { return }
        let number = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { return }
        try? Emptying.empty(Descriptor(owning: number))
        unlinkat(directory, name, AT_REMOVEDIR)
    }
}

/// The names in a directory.
enum DirectoryNames {
    /// Those in the open directory `number`.
    static func of(_ number: Int32) -> [String] {
        let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
