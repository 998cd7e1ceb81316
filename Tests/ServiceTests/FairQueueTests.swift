import Testing

@testable import Service

/// Who comes next.
struct FairQueueTests {
    @Test func `callers take turns however much one of them brings`() {
        var queue = FairQueue<Int>()
        for number in 0..<100 { queue.append(number, of: "a", priority: 0, size: 1) }
        queue.append(1_000, of: "b", priority: 0, size: 1)
        #expect(queue.next { _ in true }?.element == 0)
        #expect(queue.next { _ in true }?.element == 1_000)
        #expect(queue.next { _ in true }?.element == 1)
    }

    @Test func `of one caller the greater priority comes first and equals come in their order`() {
        var queue = FairQueue<Int>()
        for (number, priority) in [0, 5, 0, 5, -1].enumerated() {
            queue.append(number, of: "a", priority: priority, size: 1)
        }
        let order = (0..<5).compactMap { _ in queue.next { _ in true }?.element }
        #expect(order == [1, 3, 0, 2, 4])
    }

    @Test func `a caller without room is passed over and keeps its turn`() {
        var queue = FairQueue<Int>()
        queue.append(1, of: "a", priority: 0, size: 1)
        queue.append(2, of: "b", priority: 0, size: 1)
        #expect(queue.next { $0 != "a" }?.element == 2)
        #expect(queue.next { $0 != "a" } == nil)
        #expect(queue.next { _ in true }?.element == 1)
    }

    @Test func `what is taken out is not counted any more`() {
        var queue = FairQueue<Int>()
        for number in 0..<20 { queue.append(number, of: "a", priority: number % 3, size: 10) }
        #expect(queue.remove(of: "a") { $0 == 7 } == 7)
        #expect(queue.remove(of: "a") { $0 == 7 } == nil)
        #expect((queue.count, queue.bytes) == (19, 190))
        var left: [Int] = []
        while let next = queue.next(where: { _ in true }) { left.append(next.element) }
        #expect(left == [2, 5, 8, 11, 14, 17, 1, 4, 10, 13, 16, 19, 0, 3, 6, 9, 12, 15, 18])
        #expect((queue.count, queue.bytes) == (0, 0))
    }
}
