import Glibc
import LinuxKernel

/// How far the host's own counts moved while a program ran.
package struct HostFall: Sendable, Hashable {
    /// Bytes by which `MemAvailable` fell; proc_meminfo(5).
    package var memory: Int
    /// Bytes by which the free space of the file systems fell that hold `/` and `/var/tmp`, whichever fell further.
    package var disk: Int
    /// Processes and threads that were added; proc_loadavg(5).
    package var tasks: Int

    /// A fall; without arguments, none.
    package init(memory: Int = 0, disk: Int = 0, tasks: Int = 0) {
        self.memory = memory
        self.disk = disk
        self.tasks = tasks
    }

    /// The greater of each.
    func joined(_ other: Self) -> Self {
        Self(
            memory: max(memory, other.memory),
            disk: max(disk, other.disk),
            tasks: max(tasks, other.tasks),
        )
    }
}

/// Reads the host's counts again and again while something runs.
enum HostWatch {
    /// Runs `body`, and says how far the counts moved meanwhile.
    static func watching<Result>(
        _ body: () async throws -> Result
    ) async throws -> (result: Result, fall: HostFall) {
        let before = HostCounts()
        let watch = Task {
            var fall = HostFall()
            while !Task.isCancelled {
                fall = fall.joined(HostCounts().fall(since: before))
                // Cancellation is how it ends.
                try? await Task.sleep(for: .milliseconds(25))
            }
            return fall
        }
        defer { watch.cancel() }
        let result = try await body()
        let after = HostCounts().fall(since: before)
        watch.cancel()
        return (result, await watch.value.joined(after))
    }
}

/// The host's counts at one moment.
private struct HostCounts: Sendable {
    private let memory: Int
    private let disks: [Int]
    private let tasks: Int

    init() {
        let lines = ((try? File.text(at: "/proc/meminfo")) ?? "").split(separator: "\n")
        let available = lines.first { $0.hasPrefix("MemAvailable:") }?.split(separator: " ").dropFirst().first
        memory = (available.flatMap { Int($0) } ?? 0) * 1_024
        disks = ["/", "/var/tmp"].map { path in
            var status = statvfs()
            return statvfs(path, &status) == 0 ? Int(status.f_bavail) * Int(status.f_frsize) : 0
        }
        let load = ((try? File.text(at: "/proc/loadavg")) ?? "").split(separator: " ")
        let total = load.count > 3 ? load[3].split(separator: "/").last : nil
        tasks = total.flatMap { Int($0) } ?? 0
    }

    func fall(since before: Self) -> HostFall {
        HostFall(
            memory: max(0, before.memory - memory),
            disk: zip(before.disks, disks).map { max(0, $0 - $1) }.max() ?? 0,
            tasks: max(0, tasks - before.tasks),
        )
    }
}
