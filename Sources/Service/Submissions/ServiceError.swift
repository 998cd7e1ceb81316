package import SandboxModel

/// A request to the service that could not be carried out.
///
/// What a program did is never one: it is in its record.
package struct ServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason, for callers that branch on it; its stable name goes out in problem details.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The request itself is wrong.
        case invalidRequest = "invalid_request"
        /// No definition for the language.
        case unknownLanguage = "unknown_language"
        /// The language is known and its implementation is not installed here.
        case languageNotInstalled = "language_not_installed"
        /// No key, or none that is known.
        case unauthenticated
        /// The caller's key or the operator's configuration does not permit it.
        case forbidden
        /// There is no such thing, or it is another caller's.
        case notFound = "not_found"
        /// It is not possible in the state that the thing is in.
        case conflict
        /// An idempotency key came with another request before.
        case idempotencyMismatch = "idempotency_mismatch"
        /// The body is larger than is taken here.
        case tooLarge = "too_large"
        /// The body did not come in time.
        case requestTimeout = "request_timeout"
        /// The caller's submissions come faster than it may bring them.
        case rateExceeded = "rate_exceeded"
        /// As many of the caller's submissions wait as may.
        case callerQueueFull = "caller_queue_full"
        /// As many submissions wait as may.
        case queueFull = "queue_full"
        /// The service is being stopped.
        case shuttingDown = "shutting_down"
        /// The host cannot run programs as it should.
        case notReady = "not_ready"
        /// The database cannot be written, as when the disk is full.
        case storage
        /// A defect of ours.
        case `internal`
    }

    /// The reason.
    package let code: Code
    /// What is wrong, in one sentence.
    package let message: String
    /// What to do about it, or `nil`.
    package let mend: String?
    /// When to try again, or `nil` when that alone does not help.
    package let retryAfter: Duration?

    package init(_ code: Code, _ message: String, mend: String? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.mend = mend
        self.retryAfter = retryAfter
    }

    /// The library's refusal, in the service's words.
    package init(_ error: SandboxError) {
        let code: Code =
            switch error.code {
            case .unknownLanguage: .unknownLanguage
            case .languageNotInstalled: .languageNotInstalled
            case .layerUnavailable, .launcherUnavailable, .noCapacity, .busy: .notReady
            case .invalidRequest: .invalidRequest
            default: .internal
            }
        self.init(code, error.message, mend: error.mend)
    }

    /// The message and, where there is one, the mend.
    package var description: String { mend.map { "\(message); \($0)" } ?? message }

    /// What is said of everything that is not there, or not the caller's: the two cannot be told apart.
    static let absent = ServiceError(.notFound, "there is no such execution")
}
