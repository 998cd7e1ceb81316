import Glibc
package import LinuxKernel

/// A thread that does one thing and that nobody waits for; pthread_create(3).
///
/// Foundation's `Thread` takes several times as long to get going.
package enum DetachedThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts a thread.
    ///
    /// - Throws: `KernelError`, with `EAGAIN` when this process may have no more of them.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(KernelError) {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread,
            nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            },
            work.toOpaque(),
        )
        guard failure == 0 else {
            work.release()
            throw KernelError(call: "pthread_create", number: failure)
        }
        pthread_detach(thread)
    }
}
