import LinuxKernel

/// What programs compile to, kept so that the same program is not compiled twice.
///
/// An entry is made only from what one compile stage left in its own work directory, for exactly the inputs its address
/// is a digest of, brought out by init when every process of the stage is dead, before the program has run.
final class CompileCache: Sendable {
    private let store: CompileStore
    private let flights = CompileFlights()

    /// The cache that `configuration` asks for; `nil` when it asks for none or its directory cannot be trusted.
    init?(_ configuration: CompileCacheConfiguration) {
        guard configuration.isEnabled,
            let path = configuration.directory ?? PrivateCacheDirectory.standardPath,
            let directory = PrivateCacheDirectory(at: path),
            let store = CompileStore(in: directory, size: configuration.size)
        else { return nil }
        self.store = store
    }

    /// Looks for what `plan` compiles to; waits while an identical program is being compiled in this process.
    ///
    /// `nil` when the plan is to be carried out as it is, and nothing is to be kept of it.
    func attempt(_ plan: ExecutionPlan, cancellation: CancellationSignal) throws(KernelError)
        -> CompileAttempt?
    {
        guard let key = CompileKey(plan) else { return nil }
        let (flight, leads) = try flights.board(key)
        guard leads else {
            // Who waited for a program that does not compile compiles it with all the others who did, not one by one.
            return try flight.wait(unless: cancellation).map { CompileAttempt(plan, hit: $0) }
        }
        if let program = store.load(key) {
            flights.land(flight, key, with: program)
            return CompileAttempt(plan, hit: program)
        }
        return CompileAttempt(plan, limit: store.largestEntry) { [flights, store] program in
            flights.land(flight, key, with: program)
            if let program { store.save(program, at: key) }
        }
    }
}
