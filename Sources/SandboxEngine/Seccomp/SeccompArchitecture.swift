/// An architecture whose system-call numbers are known here; the raw value is the kernel's `AUDIT_ARCH_*`.
enum SeccompArchitecture: UInt32, Sendable, Hashable, CaseIterable {
    /// `AUDIT_ARCH_X86_64`.
    case x86_64 = 0xc000_003e
    /// `AUDIT_ARCH_AARCH64`.
    case aarch64 = 0xc000_00b7

    /// The architecture this was compiled for.
    static var native: Self {
        #if arch(x86_64)
        .x86_64
        #elseif arch(arm64)
        .aarch64
        #else
        #error("the system-call profile was not reviewed for this architecture")
        #endif
    }

    /// The name that profiles use.
    var profileName: String {
        switch self {
        case .x86_64: "SCMP_ARCH_X86_64"
        case .aarch64: "SCMP_ARCH_AARCH64"
        }
    }

    /// Numbers of calls newer than libseccomp 2.5.4, from the kernel's system-call tables.
    ///
    /// Since Linux 5.1 new calls have the same number on every architecture; the two probes exist on x86-64 only, and
    /// are -2 ("not on this architecture", as libseccomp has it) elsewhere.
    func newerNumber(of name: String) -> Int32? {
        switch name {
        case "uretprobe": self == .x86_64 ? 335 : -2
        case "uprobe": self == .x86_64 ? 336 : -2
        default: Self.common.firstIndex(of: name).map { 451 + Int32($0) }
        }
    }

    /// The name of a call newer than libseccomp 2.5.4.
    func newerName(of number: Int32) -> String? {
        switch number {
        case 335 where self == .x86_64: "uretprobe"
        case 336 where self == .x86_64: "uprobe"
        default: Self.common.indices.contains(Int(number) - 451) ? Self.common[Int(number) - 451] : nil
        }
    }

    /// Calls from number 451 on, in order, to Linux 6.19.
    private static let common = [
        "cachestat", "fchmodat2", "map_shadow_stack", "futex_wake", "futex_wait", "futex_requeue",
        "statmount",
        "listmount", "lsm_get_self_attr", "lsm_set_self_attr", "lsm_list_modules", "mseal", "setxattrat",
        "getxattrat", "listxattrat", "removexattrat", "open_tree_attr", "file_getattr", "file_setattr",
        "listns",
    ]
}
