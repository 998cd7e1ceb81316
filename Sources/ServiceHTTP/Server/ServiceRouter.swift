package import Hummingbird
package import Service

/// Every route of the service.
package struct ServiceRouter {
    /// Calls on whose behalf routes are.
    package let service: ExecutionService
    /// What `/metrics` shows.
    package let metrics: PrometheusRegistry
    /// This program's version.
    package let version: String

    package init(service: ExecutionService, metrics: PrometheusRegistry, version: String) {
        self.service = service
        self.metrics = metrics
        self.version = version
    }

    /// The routes, behind what guards them all.
    ///
    /// - Parameter others: Adds routes of other protocols, which choose their own ``CallerMiddleware``; they stand behind
    ///   the same guards.
    /// - Returns: The router, to which nothing need be added.
    package func router(others: (Router<ServiceContext>) -> Void = { _ in }) -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        let origins = service.configuration.http.origins
        router.add(middleware: ProblemMiddleware(origins: origins))
        router.add(middleware: HostGuard(service: service))
        router.add(middleware: OriginMiddleware(origins: origins))
        let root = router.group()
        let operation = OperationRoutes(service: service, metrics: metrics, version: version)
        operation.addOpen(to: root)
        let api = router.group("v1").add(middleware: CallerMiddleware(service))
        LanguageRoutes(service: service).add(to: api)
        LimitRoutes(service: service).add(to: api)
        ExecutionRoutes(service: service).add(to: api)
        SocketRoutes(service: service).add(to: api)
        BatchRoutes(service: service).add(to: api)
        others(router)
        return router
    }
}
