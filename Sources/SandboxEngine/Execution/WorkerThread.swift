import Dispatch
import LinuxKernel
import Synchronization

/// A thread for one piece of blocking work after another.
///
/// A new thread for each execution has a stack to map, to fault in and to unmap, beside the program that it is to start. So one that
/// has done its work waits a while for more, the last of them first, whose stack is still in the processor's caches.
final class WorkerThread: Sendable {
    private let work: Mutex<(@Sendable () -> Void)?>
    private let gate = DispatchSemaphore(value: 0)

    private static let idle = Mutex<[WorkerThread]>([])
    /// How many wait at the most; those beyond end with their work.
    private static let idleCapacity = 16
    private static let patience = DispatchTimeInterval.seconds(10)

    private init(_ work: @escaping @Sendable () -> Void) { self.work = Mutex(work) }

    /// Has a thread do some work.
    ///
    /// - Throws: `KernelError`, with `EAGAIN` where none waits and this process may have no more of them.
    static func perform(_ work: @escaping @Sendable () -> Void) throws(KernelError) {
        guard let worker = idle.withLock({ $0.popLast() }) else {
            let worker = WorkerThread(work)
            return try DetachedThread.start { worker.run() }
        }
        worker.work.withLock { $0 = work }
        worker.gate.signal()
    }

    private func run() {
        repeat {
            let work = work.withLock { $0.take() }
            work?()
        } while hasMore()
    }

    /// Waits for more work; false where none came.
    private func hasMore() -> Bool {
        let waits = Self.idle.withLock { idle in
            guard idle.count < Self.idleCapacity else { return false }
            idle.append(self)
            return true
        }
        guard waits else { return false }
        if gate.wait(timeout: .now() + Self.patience) == .success { return true }
        let wasIdle = Self.idle.withLock { idle in
            guard let place = idle.firstIndex(where: { $0 === self }) else { return false }
            idle.remove(at: place)
            return true
        }
        if wasIdle { return false }
        // It was chosen at the last moment.
        gate.wait()
        return true
    }
}
