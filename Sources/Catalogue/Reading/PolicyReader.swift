import Languages
import SandboxModel

/// Reads what a case's program may reach.
enum PolicyReader {
    /// The policy under `policy`, and which files come out.
    ///
    /// There is no key for a mount or for a layer that may be missing, and the host's network is refused: no case lowers a wall.
    static func policy(_ program: StrictMapping) throws(SandboxError) -> (policy: Policy, collect: [String]) {
        var policy = Policy()
        let keys = ["network", "filesystem", "denied_modules", "allowed_modules", "collect"]
        guard let mapping = try program.mapping("policy", keys: keys) else { return (policy, []) }
        policy.network = try mapping.word("network", as: NetworkAccess.self) ?? policy.network
        guard policy.network != .host else {
            throw mapping.error("network", "is 'host', which would lower a wall; use none or loopback")
        }
        policy.filesystem = try mapping.word("filesystem", as: FilesystemAccess.self) ?? policy.filesystem
        policy.modules.denied = try mapping.strings("denied_modules")
        if mapping["allowed_modules"] != nil {
            policy.modules.allowed = try mapping.strings("allowed_modules")
        }
        return (policy, try mapping.strings("collect"))
    }
}
