package import Hummingbird
import Logging
import NIOCore
package import Service

/// What is known of a request on its way through the service.
package struct ServiceContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection it came on.
    let channel: any Channel
    /// Whether no caller needs a key; set by ``HostGuard``, which stands before all that asks.
    var isOpen = false
    /// On whose behalf it is; set by ``CallerMiddleware``.
    private var knownCaller: Caller?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// On whose behalf the request is.
    ///
    /// - Throws: ``/Service/ServiceError`` of code `unauthenticated` on a route that was not put behind ``CallerMiddleware``.
    package var caller: Caller {
        get throws(ServiceError) {
            guard let knownCaller else {
                throw ServiceError(.unauthenticated, "this route was reached without a caller")
            }
            return knownCaller
        }
    }

    mutating func identify(_ caller: Caller) { knownCaller = caller }
}
