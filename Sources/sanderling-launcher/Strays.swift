import Glibc
import LinuxKernel

/// Children of the launcher that are no fence's init: what was left when an init was killed.
///
/// A signal to a child that was not waited for cannot reach another process: its number is taken as long as that.
enum Strays {
    /// Kills every child but the processes in `others`, and says how many that were.
    @discardableResult
    static func kill(except others: Set<Int32>) -> Int {
        let own = getpid()
        var count = 0
        guard let processes = opendir("/proc") else { return 0 }
        defer { closedir(processes) }
        while let entry = readdir(processes) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let pid = Int32(name), !others.contains(pid), parent(of: pid) == own else { continue }
            _ = Glibc.kill(pid, SIGKILL)
            count += 1
        }
        return count
    }

    /// The fourth field of proc_pid_stat(5); the name before it may hold anything.
    private static func parent(of pid: Int32) -> Int32? {
        guard let text = try? File.reading(at: "/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else {
            return nil
        }
        let fields = text[end...].split(separator: " ")
        return fields.count > 2 ? Int32(fields[2]) : nil
    }
}
