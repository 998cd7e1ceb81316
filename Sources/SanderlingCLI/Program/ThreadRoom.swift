import Dispatch
import LinuxKernel
import SandboxModel
import Sanderling

/// Whether this process may have the threads without which nothing goes on.
enum ThreadRoom {
    /// What a run was seen to need before it starts anything that can fail.
    private static let needed = 4

    /// Makes as many threads as are needed, and lets them go.
    ///
    /// Dispatch, on which Swift's tasks run, tries again and again to make one, without end and without a word.
    ///
    /// - Throws: ``SandboxError`` of code `noCapacity`.
    static func require() throws {
        let gate = DispatchSemaphore(value: 0)
        var made = 0
        defer { for _ in 0..<made { gate.signal() } }
        do throws(KernelError) {
            while made < needed {
                try DetachedThread.start { gate.wait() }
                made += 1
            }
        } catch {
            throw SandboxError(failed: error)
        }
    }
}
