/// The arguments of a refused call that tell what was wanted, as symbolic text.
public enum SystemCallArguments {
    /// What mattered in a call.
    ///
    /// - Parameters:
    ///   - name: The call's name, as ``SystemCallName`` gives it.
    ///   - args: Its six registers. Memory that they point to is not read: it belongs to the program.
    /// - Returns: For example `["AF_PACKET", "SOCK_RAW"]`; empty when only the name tells.
    public static func describe(name: String, args: [UInt64]) -> [String] {
        guard args.count == 6, let call = name.split(separator: ":").last.map(String.init) else { return [] }
        // The kernel reads these arguments as 32-bit numbers.
        let words = args.map { UInt32(truncatingIfNeeded: $0) }
        switch call {
        case "socket", "socketpair":
            let type = named(words[1] & 0xf, in: SystemCallConstants.socketTypes)
            let family = named(words[0], in: SystemCallConstants.families)
            return [family, type] + (words[2] == 0 ? [] : ["protocol \(words[2])"])
        case "clone", "unshare": return flags(words[0], in: SystemCallConstants.cloneFlags)
        case "setns": return flags(words[1], in: SystemCallConstants.cloneFlags)
        case "mount": return flags(words[3], in: SystemCallConstants.mountFlags)
        case "umount2": return flags(words[1], in: SystemCallConstants.unmountFlags)
        case "ptrace": return [named(words[0], in: SystemCallConstants.traceRequests), "pid \(words[1])"]
        case "process_vm_readv", "process_vm_writev": return ["pid \(words[0])"]
        case "bpf": return [named(words[0], in: SystemCallConstants.bpfCommands)]
        case "ioctl": return [named(words[1], in: SystemCallConstants.ioctls)]
        case "prctl": return [named(words[0], in: SystemCallConstants.processOptions)]
        case "keyctl": return [named(words[0], in: SystemCallConstants.keyOperations)]
        case "seccomp": return ["SECCOMP_FILTER_FLAG_NEW_LISTENER"].filter { _ in words[1] & 8 != 0 }
        case "mknod": return [named(words[1] & 0xf000, in: SystemCallConstants.fileTypes)]
        case "mknodat": return [named(words[2] & 0xf000, in: SystemCallConstants.fileTypes)]
        case "personality", "userfaultfd": return ["0x" + String(words[0], radix: 16)]
        default: return []
        }
    }

    private static func named(_ value: UInt32, in names: [UInt32: String]) -> String {
        names[value] ?? "0x" + String(value, radix: 16)
    }

    private static func flags(_ value: UInt32, in names: [UInt32: String]) -> [String] {
        names.filter { value & $0.key == $0.key }.sorted { $0.key < $1.key }.map(\.value)
    }
}
