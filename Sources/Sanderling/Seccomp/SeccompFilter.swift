import Glibc
public import SandboxModel
import Synchronization

/// The compilation of a ``SeccompProfile`` to the kernel's filter code.
public enum SeccompFilter {
    /// The filter as raw `struct sock_filter` instructions, ready for seccomp(2).
    ///
    /// A filter is compiled once and kept. The network's access does not enter: an empty network namespace answers
    /// for itself.
    ///
    /// - Parameters:
    ///   - profile: The policy.
    ///   - recording: Whether refused calls go to a listener; without one they fail with the profile's error.
    /// - Returns: The instructions, eight bytes each.
    /// - Throws: ``/SandboxModel/SandboxError``: `layerUnavailable` without libseccomp 2.5, `internal` for an unusable profile.
    public static func compile(_ profile: SeccompProfile, recording: Bool) throws(SandboxError) -> [UInt8] {
        let key = Key(profile: profile, recording: recording)
        if let program = cache.withLock({ $0[key] }) { return program }
        let program = try LibSeccomp.use { (library) throws(SandboxError) in
            try build(key, with: library)
        }
        cache.withLock { $0[key] = program }
        return program
    }

    private struct Key: Hashable {
        var profile: SeccompProfile
        var recording: Bool
    }

    private static let cache = Mutex<[Key: [UInt8]]>([:])

    private static func build(_ key: Key, with library: LibSeccomp) throws(SandboxError) -> [UInt8] {
        let profile = key.profile
        let architecture = SeccompArchitecture.native
        guard profile.archMap.contains(where: { $0.architecture == architecture.profileName }) else {
            throw SandboxError(
                .layerUnavailable,
                "the system-call profile was not reviewed for \(architecture.profileName)",
                layers: [.seccomp],
            )
        }
        func value(of action: SeccompProfile.Action, errno: Int32?) -> UInt32 {
            switch action {
            case .allow: 0x7fff_0000
            case .notify where key.recording: 0x7fc0_0000
            case .errno, .notify: 0x0005_0000 | UInt32(errno ?? profile.defaultErrnoRet)
            }
        }
        let fallback = value(of: profile.defaultAction, errno: nil)
        return try library.withFilter(default: fallback) { (context) throws(SandboxError) in
            // 32-bit and x32 calls have other numbers: none of them is allowed.
            try library.set(.badArchitecture, fallback, in: context)
            try library.set(.noNewPrivileges, 0, in: context)
            try library.set(.optimize, 2, in: context)
            for rule in profile.syscalls {
                let action = value(of: rule.action, errno: rule.errnoRet)
                for name in rule.names {
                    guard
                        let number = library.number(of: name, on: architecture)
                            ?? architecture.newerNumber(of: name)
                    else { throw SandboxError(.internal, "the profile names an unknown call: \(name)") }
                    // A negative number is a call that this architecture never had. libseccomp refuses rules that
                    // only repeat the default.
                    guard number >= 0, action != fallback else { continue }
                    for arguments in alternatives(of: rule.args) {
                        try library.add(action, number, arguments, to: context)
                    }
                }
            }
            return try library.program(of: context)
        }
    }

    /// The sets of conditions, one of which must hold, that together say what `comparisons` say.
    ///
    /// libseccomp takes one condition an argument, and several rules mean "or": "not A and not B" is therefore written
    /// as the masks that cover all other values.
    private static func alternatives(of comparisons: [SeccompProfile.Comparison]) -> [[LibSeccomp.Argument]] {
        let fixed = comparisons.filter { $0.op != .notEqual }.map { comparison in
            comparison.op == .maskedEqual
                ? LibSeccomp.Argument(
                    index: comparison.index,
                    mask: comparison.value,
                    value: comparison.valueTwo,
                    masked: true,
                )
                : LibSeccomp.Argument(
                    index: comparison.index,
                    mask: .max,
                    value: comparison.value,
                    masked: false,
                )
        }
        let excluded = Dictionary(grouping: comparisons.filter { $0.op == .notEqual }, by: \.index)
        return excluded.sorted { $0.key < $1.key }.reduce([fixed]) { sets, entry in
            let covers = complement(of: Set(entry.value.map { UInt32($0.value) }))
            return sets.flatMap { set in
                covers.map { cover in
                    set + [
                        LibSeccomp.Argument(
                            index: entry.key,
                            mask: UInt64(cover.mask),
                            value: UInt64(cover.value),
                            masked: true,
                        )
                    ]
                }
            }
        }
    }

    /// Masks and values that together match every 32-bit number outside `excluded`, and none inside.
    static func complement(of excluded: Set<UInt32>) -> [(mask: UInt32, value: UInt32)] {
        func covers(bit: UInt32, mask: UInt32, value: UInt32) -> [(mask: UInt32, value: UInt32)] {
            guard excluded.contains(where: { $0 & mask == value }) else { return [(mask, value)] }
            guard bit != 0 else { return [] }
            return covers(bit: bit >> 1, mask: mask | bit, value: value)
                + covers(bit: bit >> 1, mask: mask | bit, value: value | bit)
        }
        return covers(bit: 1 << 31, mask: 0, value: 0)
    }
}
