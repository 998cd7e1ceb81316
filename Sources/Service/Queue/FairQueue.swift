/// Waiting submissions, taken caller by caller in turn, and within a caller by priority.
///
/// A value without clock or I/O. A caller who brings ten thousand submissions delays another's one by a single
/// submission. Of one caller, greater priorities come first, and the same in the order they came.
struct FairQueue<Element> {
    fileprivate struct Entry {
        var element: Element
        var priority: Int
        var number: UInt64
        var size: Int
    }

    /// What one caller has waiting; a binary heap whose first is the next.
    fileprivate struct Line {
        var heap: [Entry] = []
    }

    private var lines: [String: Line] = [:]
    /// Callers that have something waiting, the next to be served first.
    private var turns: [String] = []
    private var arrivals: UInt64 = 0

    /// How many wait.
    private(set) var count = 0
    /// Bytes of all that wait.
    private(set) var bytes = 0

    /// How many of a caller's wait.
    func count(of caller: String) -> Int { lines[caller]?.heap.count ?? 0 }

    /// Adds an element of `caller`'s.
    mutating func append(_ element: Element, of caller: String, priority: Int, size: Int) {
        if lines[caller] == nil {
            turns.append(caller)
            lines[caller] = Line()
        }
        arrivals += 1
        let entry = Entry(element: element, priority: priority, number: arrivals, size: size)
        lines[caller]?.push(entry)
        count += 1
        bytes += size
    }

    /// Takes the next element of the first caller in turn for whom `isFree` holds, who then waits for its next turn.
    mutating func next(where isFree: (String) -> Bool) -> (caller: String, element: Element)? {
        guard let place = turns.firstIndex(where: isFree) else { return nil }
        let caller = turns.remove(at: place)
        guard let entry = lines[caller]?.pop() else { return nil }
        if lines[caller]?.heap.isEmpty == false {
            turns.append(caller)
        } else {
            lines[caller] = nil
        }
        count -= 1
        bytes -= entry.size
        return (caller, entry.element)
    }

    /// Takes out the element of `caller`'s for which `matches` holds.
    mutating func remove(of caller: String, where matches: (Element) -> Bool) -> Element? {
        guard let entry = lines[caller]?.remove(where: matches) else { return nil }
        if lines[caller]?.heap.isEmpty == true {
            lines[caller] = nil
            turns.removeAll { $0 == caller }
        }
        count -= 1
        bytes -= entry.size
        return entry.element
    }

    /// Takes everything out.
    mutating func removeAll() -> [Element] {
        let all = lines.values.flatMap { $0.heap.sorted { $0.number < $1.number }.map(\.element) }
        self = Self()
        return all
    }
}

extension FairQueue.Line {
    mutating func push(_ entry: FairQueue.Entry) {
        heap.append(entry)
        siftUp(from: heap.count - 1)
    }

    mutating func pop() -> FairQueue.Entry? {
        guard let first = heap.first else { return nil }
        removeHeapElement(at: 0)
        return first
    }

    mutating func remove(where matches: (Element) -> Bool) -> FairQueue.Entry? {
        guard let place = heap.firstIndex(where: { matches($0.element) }) else { return nil }
        let entry = heap[place]
        removeHeapElement(at: place)
        return entry
    }

    private mutating func removeHeapElement(at place: Int) {
        let last = heap.count - 1
        if place != last { heap.swapAt(place, last) }
        heap.removeLast()
        if place < heap.count {
            siftDown(from: place)
            siftUp(from: place)
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        heap[left].priority != heap[right].priority
            ? heap[left].priority > heap[right].priority : heap[left].number < heap[right].number
    }

    private mutating func siftUp(from place: Int) {
        var child = place
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func siftDown(from place: Int) {
        var parent = place
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, first) {
                first = child
            }
            guard first != parent else { return }
            heap.swapAt(parent, first)
            parent = first
        }
    }
}
