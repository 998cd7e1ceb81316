import Glibc
import LinuxKernel
import SandboxModel

/// What this host can enforce apart from namespaces, which only an attempt shows.
struct HostFindings: Sendable {
    /// Reports on the layers that the host lacks.
    let unavailable: [Layer: LayerReport]

    /// What there is of Landlock's versions, and of the cgroups that were made.
    ///
    /// `filterFailure` is why the system-call filter could not be compiled, if it could not.
    init(landlock: Int?, cgroups: SandboxCgroup, filterFailure: SandboxError?) {
        var unavailable: [Layer: LayerReport] = [:]
        func lack(_ layer: Layer, _ detail: String, _ mend: String) {
            unavailable[layer] = LayerReport(layer: layer, isEnforced: false, detail: detail, mend: mend)
        }
        if landlock == nil {
            lack(
                .landlock,
                "the kernel has no Landlock or it is switched off",
                "add landlock to lsm= at boot",
            )
        }
        if (landlock ?? 0) < Landlock.versionWithScope {
            lack(.landlockScope, "Landlock is older than ABI 6", "run Linux 6.12 or newer")
        }
        for (controller, error) in cgroups.unavailable {
            lack(
                controller.layer,
                Self.detail(of: error, on: cgroups.version, controller),
                Self.mend(for: error, on: cgroups.version, controller),
            )
        }
        if let filterFailure {
            for layer in [Layer.seccomp, .seccompRecording] {
                lack(layer, filterFailure.message, filterFailure.mend ?? "apt-get install libseccomp2")
            }
        }
        self.unavailable = unavailable
    }

    /// The same words for every controller that fails in the same way, so that a refusal says them once.
    private static func detail(
        of error: KernelError,
        on version: CgroupPlacement.Version,
        _ controller: CgroupController,
    ) -> String {
        let reason = "\(error.call): \(String(cString: strerror(error.number))) (errno \(error.number))"
        if error.number == ENOENT { return "this process's cgroup has no \(controller.rawValue) controller" }
        return "this process's cgroup may have none below it on cgroup \(version) (\(reason))"
    }

    private static func mend(
        for error: KernelError,
        on version: CgroupPlacement.Version,
        _ controller: CgroupController,
    ) -> String {
        switch (geteuid() == 0, version) {
        case (true, .v1) where error.number == ENOENT: "mount the \(controller.rawValue) controller"
        case (true, .v1): "mount the cgroup file systems writable"
        case (true, .v2):
            "systemd-run --scope -p Delegate=yes sanderling …, or in a container a writable /sys/fs/cgroup"
        case (false, _): "systemd-run --user --scope -p Delegate=yes sanderling …"
        }
    }
}
