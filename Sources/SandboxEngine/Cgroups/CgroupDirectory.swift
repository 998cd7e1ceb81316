import Glibc
import LinuxKernel

/// A cgroup's directory, by its path.
enum CgroupDirectory {
    /// The names of the cgroups below it.
    static func children(of path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            // The file systems of cgroups tell the type with the name.
            guard Int(entry.pointee.d_type) == Int(DT_DIR) else { continue }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Kills what is in a cgroup of ours and removes it with those below it; another's is left as it is.
    static func remove(_ path: String) {
        // As a rule nothing is in it any more.
        guard isBusy(path) else { return }
        for name in children(of: path) { remove(path + "/" + name) }
        var attempt = 0
        while attempt < 200, isBusy(path) {
            killAll(in: path)
            usleep(UInt32(min(100 << (attempt / 4), 20_000)))
            attempt += 1
        }
    }

    /// Removes an empty cgroup; whether something in it still prevents that, which may end.
    private static func isBusy(_ path: String) -> Bool {
        rmdir(path) != 0 && (errno == EBUSY || errno == ENOTEMPTY)
    }

    private static func killAll(in path: String) {
        // v2 kills all at once, and nobody whose number has passed to another meanwhile. Requires Linux 5.14.
        if (try? File.write("1", at: path + "/cgroup.kill")) != nil { return }
        for pid in (try? File.text(at: path + "/cgroup.procs"))?.split(separator: "\n") ?? [] {
            if let pid = Int32(pid), pid > 0 { kill(pid, SIGKILL) }
        }
    }
}
