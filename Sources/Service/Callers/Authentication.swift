import Synchronization

/// Finds out who a request comes from.
package final class Authentication: Sendable {
    private let store: Store
    /// There are never fewer keys than there were: one that is revoked is still there.
    private let hasKeys = Atomic(false)
    /// Until when the database need not be asked again, where nothing tells that a key was made.
    private let unasked = Mutex(ContinuousClock.now)
    private let lifetime: Duration

    /// - Parameters:
    ///   - store: Where the keys are.
    ///   - lifetime: How long the database's answer that there are none is good for, unless ``Store/isToldOfKeys``.
    init(store: Store, lifetime: Duration = .seconds(1)) {
        self.store = store
        self.lifetime = lifetime
    }

    /// Whether callers need a key; as soon as there is one, they do.
    ///
    /// A key that an older version makes is found within a second.
    package var isRequired: Bool {
        get throws {
            if hasKeys.load(ordering: .relaxed) { return true }
            let now = ContinuousClock.now
            guard store.isToldOfKeys || unasked.withLock({ $0 <= now }) else { return false }
            guard try store.hasKeys() else {
                unasked.withLock { $0 = now + lifetime }
                return false
            }
            hasKeys.store(true, ordering: .relaxed)
            return true
        }
    }

    /// The caller with this secret; without keys, the local one, whatever it brings.
    ///
    /// - Throws: ``ServiceError`` of code `unauthenticated`, in the same words for a secret that is absent, unknown or revoked.
    package func caller(with secret: String?) throws -> Caller {
        guard try isRequired else { return .local }
        if let secret, !secret.isEmpty,
            let caller = try store.caller(withDigest: APIKey.digest(of: secret))
        {
            return caller
        }
        throw ServiceError(
            .unauthenticated,
            "a key is needed, and this request has none that is known",
            mend: "send 'Authorization: Bearer KEY' with a key of 'sanderling key create'",
        )
    }
}

extension Caller {
    /// Refuses what the caller's key does not permit.
    package func require(_ scope: Scope) throws(ServiceError) {
        guard scopes.contains(scope) else {
            throw ServiceError(
                .forbidden,
                "this key does not have the scope '\(scope.rawValue)'",
                mend: "use one that has it; the operator makes them by 'sanderling key create --scope'",
            )
        }
    }
}
