import Dispatch
import Synchronization
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Blocking work on threads that are used again.
@Suite struct WorkerThreadTests {
    /// Opens once as many have come as are expected.
    private final class Gate: Sendable {
        private let expected: Int
        private let come = Atomic(0)
        private let opening = DispatchSemaphore(value: 0)

        init(for expected: Int) { self.expected = expected }

        /// Whether all came while this one waited.
        func pass() -> Bool {
            if come.add(1, ordering: .relaxed).newValue == expected {
                for _ in 0..<expected { opening.signal() }
            }
            return opening.wait(timeout: .now() + 60) == .success
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `any number of works go on side by side, on new threads and on those that waited`() async throws {
        // More than wait for work, so that some threads end with it; then again, on those that are left.
        for _ in 0..<3 {
            let gate = Gate(for: 40)
            let passed = try await withThrowingTaskGroup { group in
                for _ in 0..<40 { group.addTask { try await offload { gate.pass() } } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(passed == 40)
        }
    }

    @Test(.timeLimit(.minutes(5))) func `each work has its own result, one after another`() async throws {
        struct Failure: Error, Equatable { let number: Int }
        for number in 0..<300 {
            if number % 3 == 0 {
                await #expect(throws: Failure(number: number)) {
                    try await offload { throw Failure(number: number) }
                }
            } else {
                #expect(try await offload { number } == number)
            }
        }
    }
}
