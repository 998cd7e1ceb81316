import Service
import Synchronization
import Testing

struct DeadlineTests {
    @Test func `calls are made in their time, each once, and those taken back are not`() async throws {
        let made = Mutex<[Int]>([])
        let start = ContinuousClock.now
        // The later first, so that the sleeper must be woken for an earlier one.
        let deadlines = [60, 20, 40, 3_600_000, 30].map { number in
            Deadline(at: start + .milliseconds(number)) { made.withLock { $0.append(number) } }
        }
        deadlines[2].cancel()
        while made.withLock({ $0.count }) < 3 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(start.duration(to: .now) >= .milliseconds(60))
        #expect(made.withLock { $0 }.sorted() == [20, 30, 60])
        #expect(deadlines.map(\.hasPassed) == [true, true, false, false, true])
        deadlines[3].cancel()
    }

    @Test func `what is past is called at once, and after that others are still called`() async throws {
        for _ in 0..<3 {
            await withCheckedContinuation { continuation in
                _ = Deadline(at: .now - .seconds(1)) { continuation.resume() }
            }
        }
    }
}
