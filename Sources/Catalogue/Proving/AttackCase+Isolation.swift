import SandboxModel

extension AttackCase {
    /// The attack with its programs kept in by `isolation`.
    func kept(in isolation: IsolationKind) -> AttackCase {
        var attack = self
        attack.program.policy.isolation = isolation
        attack.second?.policy.isolation = isolation
        return attack
    }

    /// Why the attack says nothing of `isolation`; `nil` when it does.
    ///
    /// What one of its walls alone holds is not held where that is absent; what each of them holds, only where none is there.
    func obstacle(in isolation: IsolationKind) -> String? {
        let absent = walls.names.filter { wall in
            if case .layer(let layer) = wall { isolation.absentLayers.contains(layer) } else { false }
        }
        let isHeld = walls.together ? absent.count < walls.names.count : absent.isEmpty
        guard isHeld else {
            let names = absent.map(\.name).joined(separator: ", ")
            return "it takes \(names), which \(isolation.rawValue) isolation does not have"
        }
        if let reason = saysNothingOf[isolation] { return reason }
        for program in programs {
            if let reason = isolation.obstacle(to: program.policy) { return reason }
        }
        return nil
    }
}

extension IsolationKind {
    fileprivate func obstacle(to policy: Policy) -> String? {
        guard self == .landlock else { return nil }
        if policy.network == .loopback { return "landlock isolation has no loopback network" }
        if policy.modules.isRestricting { return "landlock isolation has no module guard" }
        return nil
    }
}
