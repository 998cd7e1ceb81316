import LinuxKernel
import Synchronization

/// Signals on their way from the caller to a program that runs.
///
/// `SIGHUP`, `SIGINT`, `SIGQUIT` and `SIGTSTP` go to its process group, as from a terminal, all others to its main process.
/// What is sent before the run stage has started waits for it, and what is sent afterwards comes to nothing.
package final class ProgramSignals: Sendable {
    /// The most that wait; further ones are dropped, as the kernel drops a signal that is pending already.
    private static let capacity = 64
    private let counter: EventCounter?
    private let waiting = Mutex<[Int32]>([])

    /// No signals yet.
    package init() { counter = try? EventCounter() }

    /// Sends the program signal `number`; see signal(7).
    package func send(_ number: Int32) {
        waiting.withLock { waiting in
            if waiting.count < Self.capacity { waiting.append(number) }
        }
        switch counter {
        case .some(let counter): counter.signal()
        case .none: break
        }
    }

    /// What to poll; -1 when the host had no descriptor left for it.
    var number: Int32 {
        switch counter {
        case .some(let counter): counter.descriptor.number
        case .none: -1
        }
    }

    /// Takes what waits.
    func take() -> [Int32] {
        switch counter {
        case .some(let counter): counter.drain()
        case .none: break
        }
        return waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
