import Foundation
import LinuxKernel

/// Looks through the host for what bears a mark.
struct LeftoverSearch: Sendable {
    private let mark: String
    private let bait: String
    private let objectsBefore: Set<String>

    /// A search for `mark`, and for System V objects that were not there when it was made.
    ///
    /// - Parameters:
    ///   - mark: What to look for.
    ///   - bait: The bait's directory, which is searched too.
    init(mark: String, bait: String) {
        self.mark = mark
        self.bait = bait
        objectsBefore = Self.sharedObjects()
    }

    /// A sentence for each thing found.
    func found() -> [String] { processes() + tables() + objects() + files() }

    /// Processes with the mark in their name, arguments or environment.
    private func processes() -> [String] {
        let own = ProcessInfo.processInfo.processIdentifier
        let pids = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap {
            Int32($0)
        }
        return pids.sorted().compactMap { pid in
            let bears = ["comm", "cmdline", "environ"].contains { bearsMark("/proc/\(pid)/\($0)") }
            return pid != own && bears ? "process \(pid) bears the mark" : nil
        }
    }

    /// The kernel's tables of mounts, local sockets and keys.
    private func tables() -> [String] {
        ["/proc/self/mountinfo", "/proc/net/unix", "/proc/keys"].filter(bearsMark).map {
            "\($0) has the mark"
        }
    }

    private func bearsMark(_ path: String) -> Bool {
        // What is gone in the meantime, or not ours to read, bears nothing that could be told.
        ((try? File.text(at: path)) ?? "").contains(mark)
    }

    private func objects() -> [String] {
        Self.sharedObjects().subtracting(objectsBefore).sorted().map { "\($0) is new" }
    }

    /// System V objects of users that are this process's or a sandbox's; they have no names to bear a mark.
    private static func sharedObjects() -> Set<String> {
        var objects: Set<String> = []
        for kind in ["shm", "msg", "sem"] {
            let lines = ((try? File.text(at: "/proc/sysvipc/\(kind)")) ?? "").split(separator: "\n")
                .dropFirst()
            for line in lines {
                let fields = line.split(separator: " ")
                guard fields.count > 2 else { continue }
                objects.insert("System V \(kind) \(fields[1]) with key \(fields[0])")
            }
        }
        return objects
    }

    /// Files and directories with the mark in their name: in shared places to some depth, at the top of others; and cgroups.
    private func files() -> [String] {
        let home = NSHomeDirectory()
        let shallow = [
            "/", home, FileManager.default.currentDirectoryPath, "/dev", "/run", "/etc", "/var/lock",
        ]
        let deep = ["/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", bait]
        let names =
            shallow.flatMap { search($0, depth: 1) } + deep.flatMap { search($0, depth: 4) }
            + search("/sys/fs/cgroup", depth: 12)
        return Set(names).sorted().map { "\($0) was left" }
    }

    private func search(_ directory: String, depth: Int) -> [String] {
        var found: [String] = []
        for entry in DirectoryEntry.all(in: directory) {
            let path = directory == "/" ? "/" + entry.name : "\(directory)/\(entry.name)"
            if entry.name.contains(mark) { found.append(path) }
            if entry.isDirectory, depth > 1 { found += search(path, depth: depth - 1) }
        }
        return found
    }
}
