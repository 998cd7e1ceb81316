import Glibc
import LinuxKernel
import Synchronization

/// Lets one of several identical programs compile while the others wait for what comes of it.
final class CompileFlights: Sendable {
    /// One program being compiled.
    final class Flight: Sendable {
        fileprivate let landed: EventCounter
        fileprivate let outcome = Mutex<StoredProgram?>(nil)

        fileprivate init() throws(KernelError) { landed = try EventCounter() }

        /// Waits until the program is compiled; `nil` when it did not compile or `cancellation` came first.
        func wait(unless cancellation: CancellationSignal) throws(KernelError) -> StoredProgram? {
            var poll = Poll()
            poll.add(landed.descriptor.number, POLLIN)
            poll.add(cancellation.number, POLLIN)
            try poll.wait()
            return outcome.withLock(\.self)
        }
    }

    private let flights = Mutex<[CompileKey: Flight]>([:])

    /// The flight of `key`, and whether the caller is the one to compile.
    ///
    /// Whoever is must end the flight with ``land(_:_:with:)``.
    func board(_ key: CompileKey) throws(KernelError) -> (flight: Flight, leads: Bool) {
        let fresh = try Flight()
        return flights.withLock { flights in
            if let flight = flights[key] { return (flight, false) }
            flights[key] = fresh
            return (fresh, true)
        }
    }

    /// Ends a flight and tells those who wait what came of it.
    func land(_ flight: Flight, _ key: CompileKey, with program: StoredProgram?) {
        flights.withLock { flights in
            if flights[key] === flight { flights[key] = nil }
        }
        flight.outcome.withLock { $0 = program }
        flight.landed.signal()
    }
}
