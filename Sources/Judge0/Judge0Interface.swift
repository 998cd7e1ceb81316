package import Hummingbird
package import Logging
import Reporting
package import Service
package import ServiceHTTP

/// The routes of Judge0 CE, at the root, for its clients: they work here once their address is changed.
///
/// Every submission is a normal execution of the service, or several when it asks for several runs.
package struct Judge0Interface {
    /// Sees submissions to their end; to be run beside the service.
    package let follower: SubmissionFollower
    private let service: ExecutionService
    private let version: String

    /// - Parameters:
    ///   - service: Runs submissions.
    ///   - version: This program's version.
    ///   - logger: Told of callbacks that cannot be delivered.
    package init(_ service: ExecutionService, version: String, logger: Logger) {
        self.service = service
        self.version = version
        follower = SubmissionFollower(service, logger: logger)
    }

    /// Adds the routes.
    package func add(to router: Router<ServiceContext>) {
        router.add(
            middleware: ForeignErrors(below: Self.paths) { error in
                ["error": .string(error.code == .queueFull ? "queue is full" : error.description)]
            }
        )
        let group = router.group()
            .add(middleware: ValidationMiddleware())
            .add(middleware: TokenMiddleware())
            .add(middleware: CallerMiddleware(service))
        SubmissionRoutes(service: service, follower: follower).add(to: group)
        LanguageRoutes(service: service).add(to: group)
        InformationRoutes(service: service, version: version).add(to: group)
    }

    /// Where its routes begin.
    private static let paths = [
        "/submissions", "/languages", "/statuses", "/about", "/isolate", "/license", "/config_info",
        "/system_info", "/statistics", "/workers", "/authenticate", "/authorize",
    ]
}
