import CLinux
import Glibc
import LinuxKernel

/// State that threads share, and wait on for changes; pthread_cond_wait(3).
final class Monitor<State>: @unchecked Sendable {
    /// Which of those who wait look again after a change.
    enum Wakening {
        case nobody
        case one
        case all
    }

    // Sendable by hand: `state` is touched while `lock` is held only.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    /// A monitor of `state`.
    init(_ state: sending State) {
        self.state = state
        pthread_mutex_init(lock, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    /// Looks at the state or changes it; then those look again whom `wakening` names.
    ///
    /// To wake a thread that finds nothing to do costs as much as to wake one that does.
    func update<Result>(
        _ body: (inout State) throws -> Result,
        wakening: (borrowing State) -> Wakening = { _ in .all },
    ) rethrows -> Result {
        pthread_mutex_lock(lock)
        defer {
            wake(wakening(state))
            pthread_mutex_unlock(lock)
        }
        return try body(&state)
    }

    /// Looks at the state, which wakes nobody.
    func look<Result>(_ body: (borrowing State) -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body(state)
    }

    /// Waits until `body` has an answer, asking it again when it is woken and once a second; then those look again whom `wakening`
    /// names.
    func wait<Answer>(
        for body: (inout State) -> Answer?,
        wakening: (borrowing State) -> Wakening = { _ in .nobody },
    ) -> Answer {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while true {
            if let answer = body(&state) {
                wake(wakening(state))
                return answer
            }
            sanderling_wait_until(changed, lock, MonotonicClock.now + 1_000_000_000)
        }
    }

    private func wake(_ wakening: Wakening) {
        switch wakening {
        case .nobody: break
        case .one: pthread_cond_signal(changed)
        case .all: pthread_cond_broadcast(changed)
        }
    }
}
