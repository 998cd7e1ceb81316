import Foundation
import Glibc

/// The host's view of processes, to see which of a sandbox's are still there.
enum HostProcesses {
    /// Pids of processes with `argument` among their arguments.
    static func withArgument(_ argument: String) -> [Int32] {
        withArgument { $0.elementsEqual(argument.utf8) }
    }

    /// Pids of processes with an argument that begins with `prefix`.
    static func withArgument(prefix: String) -> [Int32] { withArgument { $0.starts(with: prefix.utf8) } }

    private static func withArgument(_ matches: (Data) -> Bool) -> [Int32] {
        let own = ProcessInfo.processInfo.processIdentifier
        return all().filter { pid in
            guard pid != own, let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else {
                return false
            }
            return line.split(separator: 0).contains(where: matches)
        }
    }

    /// Pids of this process's children.
    static func children() -> [Int32] {
        all().filter { pid in
            // After the name, which may hold anything: the state, then the parent; proc_pid_stat(5).
            let line = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
            return line.split(separator: ")").last?.split(separator: " ").dropFirst().first == "\(getpid())"
        }
    }

    /// Directories of the cgroups that `pid` is in and that a sandbox made.
    static func cgroups(of pid: Int32) -> [String] {
        let lines = (try? String(contentsOfFile: "/proc/\(pid)/cgroup", encoding: .utf8)) ?? ""
        return lines.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3, fields[2].contains("/sanderling-") else { return nil }
            let hierarchy = fields[1].isEmpty ? "" : "/" + fields[1]
            return "/sys/fs/cgroup\(hierarchy)\(fields[2])"
        }
    }

    private static func all() -> [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }
}
