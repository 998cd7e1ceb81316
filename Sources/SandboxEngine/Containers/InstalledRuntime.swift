import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// An OCI runtime of this host, and how it is told what to do.
struct InstalledRuntime: Sendable {
    /// Which it is.
    let runtime: OCIRuntime
    /// Its path.
    let path: String

    /// Where runtimes are looked for: the caller's PATH could name a program of somebody else's.
    static let directories = [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
    ]
    /// What a runtime has of an environment.
    private static let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]

    /// Finds the runtime; it must belong to root or to the caller and be writable by nobody else.
    init(_ runtime: OCIRuntime, in directories: [String] = Self.directories) throws(SandboxError) {
        self.runtime = runtime
        for directory in directories {
            let path = directory + "/" + runtime.rawValue
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 else {
                continue
            }
            // What is there is started by its path, again and again.
            for place in [path, directory] where !Self.isOurs(place) {
                throw SandboxError(
                    .layerUnavailable,
                    "\(place) could have been changed by others",
                    mend: "make it owned by root or by you and writable by nobody else",
                )
            }
            self.path = path
            return
        }
        throw SandboxError(
            .layerUnavailable,
            "the OCI runtime \(runtime.rawValue) is not installed",
            mend: "apt-get install \(runtime.rawValue), or use another isolation",
        )
    }

    /// Whether nobody can change it but root and the caller.
    private static func isOurs(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && (status.st_uid == 0 || status.st_uid == geteuid())
            && status.st_mode & (S_IWGRP | S_IWOTH) == 0
    }

    /// The number under which it hands a connection on to a container's init.
    var connection: Int32 {
        switch runtime {
        case .crun, .runc: Launch.connection
        // It hands on nothing but the streams.
        case .runsc: STDIN_FILENO
        }
    }

    /// Whether it makes a cgroup whatever it is told, so that it must be told where.
    var makesCgroup: Bool { runtime == .runc }

    /// The process that makes the container `name` of the bundle in `bundle`, and waits for its end.
    func running(_ name: String, bundle: String, state: String) -> RuntimePlan {
        let handingOn =
            connection > STDERR_FILENO ? ["--preserve-fds", String(connection - STDERR_FILENO)] : []
        return plan(["run", "--bundle", bundle] + handingOn + [name], state: state)
    }

    /// The process that kills what is left of the container `name` and removes what the runtime made for it.
    func deleting(_ name: String, state: String) -> RuntimePlan {
        plan(["delete", "--force", name], state: state)
    }

    private func plan(_ command: [String], state: String) -> RuntimePlan {
        let options =
            switch runtime {
            // The stage's cgroup is Sanderling's, and the program's process joins it.
            case .crun: ["--root", state, "--cgroup-manager=disabled"]
            case .runc: ["--root", state]
            // Its processes are in the stage's cgroup from the start. Without KVM, ptrace is what works everywhere.
            case .runsc: ["--root", state, "--ignore-cgroups", "--network=none", "--platform=ptrace"]
            }
        return RuntimePlan(
            executable: Array(path.utf8),
            arguments: ([runtime.rawValue] + options + command).map { Array($0.utf8) },
            environment: Self.environment.map { Array($0.utf8) },
            connection: UInt32(connection),
            // crun 1.8 refuses a host whose controllers are spread over both versions; without that mount it sees one.
            hiddenMounts: runtime == .crun ? ["/sys/fs/cgroup/unified"] : [],
        )
    }
}
