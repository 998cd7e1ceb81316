import LinuxKernel

/// What programs compile to, kept so that the same program is not compiled twice.
///
/// An entry is made only from what one compile stage left in its own work directory, for exactly the inputs its address
/// is a digest of, brought out by init when every process of the stage is dead, before the program has run.
package final class CompileCache: Sendable {
    private let store: CompileStore
    /// What was made ahead of compiling.
    let warm: WarmStore
    private let flights = CompileFlights()

    /// The cache that `configuration` asks for; `nil` when it asks for none or its directory cannot be trusted.
    package init?(_ configuration: CompileCacheConfiguration) {
        guard configuration.isEnabled,
            let path = configuration.directory ?? PrivateCacheDirectory.standardPath,
            let directory = PrivateCacheDirectory(at: path),
            let store = CompileStore(in: directory, size: configuration.size),
            let warm = WarmStore(in: directory)
        else { return nil }
        self.store = store
        self.warm = warm
    }

    /// Looks for what `plan` compiles to; waits while an identical program is being compiled in this process.
    ///
    /// `nil` when the plan compiles nothing.
    func attempt(_ plan: ExecutionPlan, cancellation: CancellationSignal) throws(KernelError)
        -> CompileAttempt?
    {
        guard let key = CompileKey(plan) else {
            return plan.compile.isEmpty ? nil : CompileAttempt(warm.warmed(plan))
        }
        let (flight, leads) = try flights.board(key)
        guard leads else {
            // Who waited for a program that does not compile compiles it with all the others who did, not one by one.
            let program = try flight.wait(unless: cancellation)
            return program.map { CompileAttempt(plan, hit: $0) } ?? CompileAttempt(warm.warmed(plan))
        }
        if let program = store.load(key) {
            flights.land(flight, key, with: program)
            return CompileAttempt(plan, hit: program)
        }
        return CompileAttempt(warm.warmed(plan), limit: store.largestEntry) { [flights, store] program in
            if let program { store.save(program, at: key) }
            // Read again, for those who wait: they are given the entry, as everybody after them.
            flights.land(flight, key, with: program == nil ? nil : store.load(key))
        }
    }
}
