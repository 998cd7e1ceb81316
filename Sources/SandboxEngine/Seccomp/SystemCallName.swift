/// Names of system calls, for the record of what was refused.
public enum SystemCallName {
    /// The name of a call as `struct seccomp_data` gives it.
    ///
    /// Calls of another ABI carry its name (`i386:mount`, `x32:ptrace`); a number without a name reads `syscall_N`.
    ///
    /// - Parameters:
    ///   - number: The call's number.
    ///   - architecture: `AUDIT_ARCH_*` of the call.
    /// - Returns: The name.
    public static func resolve(number: Int32, architecture: UInt32) -> String {
        let x32 = architecture == SeccompArchitecture.x86_64.rawValue && number & 0x4000_0000 != 0
        let prefix: String
        switch architecture {
        case _ where x32: prefix = "x32:"
        case SeccompArchitecture.native.rawValue: prefix = ""
        case 0x4000_0003: prefix = "i386:"
        case 0x4000_0028: prefix = "arm:"
        default: prefix = "0x\(String(architecture, radix: 16)):"
        }
        // SCMP_ARCH_X32 and AUDIT_ARCH_I386, as libseccomp numbers them.
        let token = x32 ? 0x4000_003e : architecture
        // A host without the library has no filter either; the number then has to do.
        let known = try? LibSeccomp.use { $0.name(of: number, token: token) }
        let newer = SeccompArchitecture(rawValue: architecture)?.newerName(of: number)
        return prefix + ((known ?? nil) ?? newer ?? "syscall_\(number)")
    }
}
