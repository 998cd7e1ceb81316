import Glibc
import LaunchProtocol
import SandboxModel

/// Turns where a launch stopped into what the caller can do about it.
enum LaunchDiagnosis {
    /// The error for a failure that is not the program's.
    static func error(for failure: LaunchFailure) -> SandboxError {
        let reason = String(cString: strerror(failure.number))
        let what = "\(failure.call): \(reason) (errno \(failure.number))"
        // Which says nothing of the layer that it happened to.
        if let shortage = Shortage(failure.number) { return shortage.error(what) }
        guard let layer = layer(of: failure) else {
            return SandboxError(
                failure.number == ENOSPC ? .noCapacity : .internal,
                "the sandbox could not be set up at \(failure.stage)[\(failure.index)]: \(what)",
            )
        }
        return SandboxError(
            .layerUnavailable,
            "the host cannot enforce \(layer.rawValue): \(what)",
            mend: mend(for: layer, failure),
            layers: [layer],
        )
    }

    /// The refusal where the caller's user namespace lacks some of the ids that a sandbox is to have; `nil` where it has them.
    ///
    /// The kernel answers EPERM there, as it does where user namespaces are forbidden (user_namespaces(7)).
    static func refusal(
        lacking ids: Range<UInt64>,
        users: IdentityMap,
        groups: IdentityMap,
    ) -> SandboxError? {
        if users.contains(ids), groups.contains(ids) { return nil }
        return SandboxError(
            .layerUnavailable,
            """
            the host cannot enforce user_namespace: root's own user namespace lacks the ids \(ids.lowerBound) \
            to \(ids.upperBound - 1)
            """,
            mend: """
                let the container or user namespace around this have those users and groups, in one line of each map, \
                or start Sanderling in it as an ordinary user, who needs none of them
                """,
            layers: [.userNamespace],
        )
    }

    private static func layer(of failure: LaunchFailure) -> Layer? {
        switch failure.stage {
        case .yard, .identities, .namespaces: .userNamespace
        case .mountTree where failure.call == "mount" && failure.number == EPERM: .pidNamespace
        case .resourceLimits: .resourceLimits
        case .landlock: .landlock
        case .seccomp: failure.number == EBUSY ? .seccompRecording : .seccomp
        case .credentials: .capabilities
        default: nil
        }
    }

    private static func mend(for layer: Layer, _ failure: LaunchFailure) -> String? {
        switch layer {
        case .userNamespace:
            """
            allow unprivileged user namespaces: sysctl -w user.max_user_namespaces=15000, on Ubuntu 24.04 \
            sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, on Debian \
            sysctl -w kernel.unprivileged_userns_clone=1, in a container its seccomp profile must allow \
            unshare; or, from Linux 6.12 on, choose --isolation landlock, which needs none
            """
        case .pidNamespace:
            "a fresh /proc is refused where /proc is partly covered: run outside the container, or unmask its /proc"
        case .seccompRecording: "another listener is in force; name seccomp_recording in --allow-missing"
        case .capabilities where failure.call == "lchown" && failure.number == EINVAL:
            """
            let the container or user namespace around this have the users and groups from \(FenceGround.firstIdentity) on, \
            or start Sanderling in it as an ordinary user, who needs none of them
            """
        case .resourceLimits: "raise this process's own hard limits (ulimit -H), or ask for lower ones"
        case .landlock:
            "boot with landlock among the kernel's lsm= modules, or name landlock in --allow-missing"
        default: nil
        }
    }
}
