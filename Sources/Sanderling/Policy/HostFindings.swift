import Glibc
import LinuxKernel
import SandboxModel

/// What this host can enforce apart from namespaces, which only an attempt shows.
struct HostFindings: Sendable {
    /// Landlock's version, or `nil` without it.
    let landlock: Int?
    /// Reports on the layers that the host lacks.
    let unavailable: [Layer: LayerReport]

    /// Looks at the kernel and at the cgroups that were made.
    ///
    /// `filterFailure` is why the system-call filter could not be compiled, if it could not.
    init(cgroups: SandboxCgroup, filterFailure: SandboxError?) {
        landlock = Landlock.version
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
                "the \(controller.rawValue) cgroup controller is not ours to use (errno \(error.number) at \(error.call))",
                geteuid() == 0
                    ? "mount the \(controller.rawValue) controller"
                    : "systemd-run --user --scope -p Delegate=yes sanderling …",
            )
        }
        if let filterFailure {
            for layer in [Layer.seccomp, .seccompRecording] {
                lack(layer, filterFailure.message, filterFailure.mend ?? "apt-get install libseccomp2")
            }
        }
        self.unavailable = unavailable
    }
}
