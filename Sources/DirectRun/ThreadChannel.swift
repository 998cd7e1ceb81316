import Dispatch
import Synchronization

/// Values on their way from one thread to another, in order.
final class ThreadChannel<Element: Sendable>: Sendable {
    private let waiting = Mutex<ArraySlice<Element>>([])
    private let count = DispatchSemaphore(value: 0)

    /// Sends a value; never waits for whoever receives it.
    func send(_ element: Element) {
        waiting.withLock { $0.append(element) }
        count.signal()
    }

    /// The next value; waits for it.
    func receive() -> Element {
        while true {
            count.wait()
            if let element = waiting.withLock({ $0.popFirst() }) { return element }
        }
    }
}
