import Foundation

/// Values on their way from one thread to another, in order.
final class ThreadChannel<Element: Sendable>: @unchecked Sendable {
    // Sendable by hand: `waiting` is touched under `condition`'s lock only.
    private let condition = NSCondition()
    private var waiting: ArraySlice<Element> = []

    /// Sends a value; never waits for whoever receives it.
    func send(_ element: Element) {
        condition.lock()
        waiting.append(element)
        condition.signal()
        condition.unlock()
    }

    /// The next value; waits for it.
    func receive() -> Element {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let element = waiting.popFirst() { return element }
            condition.wait()
        }
    }
}
