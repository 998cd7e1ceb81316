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
    /// - Throws: ``/SandboxModel/SandboxError``: `layerUnavailable` without libseccomp, `internal` for an unusable profile.
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
        var rules: [UInt32: [FilterCompiler.Rule]] = [:]
        for rule in profile.syscalls {
            let action = value(of: rule.action, errno: rule.errnoRet)
            for name in rule.names {
                guard
                    let number = library.number(of: name, on: architecture)
                        ?? architecture.newerNumber(of: name)
                else { throw SandboxError(.internal, "the profile names an unknown call: \(name)") }
                // A negative number is a call that this architecture never had.
                guard number >= 0 else { continue }
                rules[UInt32(number), default: []].append(.init(conditions: rule.args, action: action))
            }
        }
        // 32-bit and x32 calls have other numbers: none of them is allowed.
        return FilterCompiler.program(
            rules,
            fallback: value(of: profile.defaultAction, errno: nil),
            architecture: architecture,
        )
    }
}
