import CLinux
import Glibc

/// Making, ending and describing processes.
public enum Process {
    /// Which side of a clone this is.
    public enum Side: ~Copyable {
        /// The new process.
        case child
        /// The process that asked for it.
        case parent(pid: Int32, handle: Descriptor)
    }

    /// How a child ended, as wait(2) reports it.
    public enum Ending: Sendable, Hashable {
        /// It exited with a code.
        case exited(Int32)
        /// A signal ended it.
        case signaled(Int32)
    }

    /// Keeps up to 16 MiB of memory that is let go of for the next that is asked for; `M_TRIM_THRESHOLD` of mallopt(3).
    public static func keepFreedMemory() { sanderling_keep_freed_memory() }

    /// Gives blocks of 512 KiB and more back to the kernel as soon as they are let go of; `M_MMAP_THRESHOLD` of mallopt(3).
    ///
    /// By itself malloc(3) raises that size to the largest block it has seen freed, up to 32 MiB: a process that serves many would
    /// keep what a burst of large programs took, in every arena that one of its threads had.
    public static func returnFreedMemory() { sanderling_return_freed_memory() }

    /// Has the calling thread take the processor only from what nobody waits for: its nice value becomes 10, which Linux keeps for
    /// each thread; setpriority(2), sched(7).
    public static func giveWay() { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }

    /// Moves a process to another processor than the caller's, where there is one that it may use; sched_setaffinity(2).
    ///
    /// A kernel may leave a new process where its parent is until one of them waits, and one that is woken where it was woken, also
    /// where another processor has nothing to do: in a virtual machine, one that the host has given to others while it was idle is
    /// not taken for idle (`available_idle_cpu`). Where that is not permitted, nothing happens. Its affinity is the same
    /// afterwards; what it forks meanwhile would keep the smaller one.
    public static func moveAway(_ pid: Int32) { sanderling_move_away(pid) }

    /// A new process in new namespaces, with a copy of this one's memory.
    ///
    /// The corresponding system call is `clone3`. Requires Linux 5.3. The caller has one thread, so the child may go on
    /// in Swift.
    public static func clone(into namespaces: Namespaces) throws(KernelError) -> Side {
        var handle: Int32 = -1
        let pid = try checked(sanderling_clone3(namespaces.rawValue, &handle), "clone3")
        return pid == 0 ? .child : .parent(pid: Int32(pid), handle: Descriptor(owning: handle))
    }

    /// Leaves namespaces for new ones; unshare(2).
    public static func unshare(_ namespaces: Namespaces) throws(KernelError) {
        try checked(sanderling_unshare(Int32(truncatingIfNeeded: namespaces.rawValue)), "unshare")
    }

    /// Enters the namespace behind a descriptor; setns(2).
    public static func enter(_ kind: Namespaces, _ namespace: Int32) throws(KernelError) {
        try checked(sanderling_setns(namespace, Int32(truncatingIfNeeded: kind.rawValue)), "setns")
    }

    /// The user namespace that a namespace belongs to; `NS_GET_USERNS` of ioctl_ns(2).
    ///
    /// Requires Linux 4.9. Fails with `EPERM` where that is outside the caller's own.
    public static func owner(of namespace: borrowing Descriptor) throws(KernelError) -> Descriptor {
        Descriptor(owning: try checked(sanderling_namespace_owner(namespace.number), "ioctl"))
    }

    /// A new process in the same namespaces; `nil` in the child.
    ///
    /// See fork(2).
    public static func fork() throws(KernelError) -> Int32? {
        let pid = try checked(sanderling_fork(), "fork")
        return pid == 0 ? nil : pid
    }

    /// The next child that has ended, without waiting; `nil` when none has.
    ///
    /// - Parameter hasChild: Whether there must be a child, ended or not, so that there being none is an error.
    /// - Returns: Its number, and how it ended.
    /// - Throws: The error of `waitpid`.
    public static func reap(hasChild: Bool = false) throws(KernelError) -> (pid: Int32, ending: Ending)? {
        var signaled: Int32 = 0
        var code: Int32 = 0
        let pid = sanderling_reap(&signaled, &code)
        if pid == 0 || pid == -ECHILD && !hasChild { return nil }
        try checked(pid, "waitpid")
        return (pid, signaled != 0 ? .signaled(code) : .exited(code))
    }

    /// Waits until a child has ended, and says whether a signal ended it; it is still to be reaped.
    ///
    /// The corresponding system call is `waitid` with `WNOWAIT`.
    public static func awaitsReapingAfterSignal(_ pid: Int32) throws(KernelError) -> Bool {
        var information = siginfo_t()
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0 {
            guard errno == EINTR else { throw KernelError(call: "waitid", number: errno) }
        }
        return information.si_code != Int32(CLD_EXITED)
    }

    /// What a process and those it waited for consumed; getrusage(2).
    public struct Consumption: Sendable, Hashable {
        /// Processor time in user mode, in nanoseconds.
        public var userTime: UInt64 = 0
        /// Processor time in the kernel, in nanoseconds.
        public var systemTime: UInt64 = 0
        /// The most that any one process had resident, in bytes.
        public var peakResident: UInt64 = 0

        /// Nothing.
        public init() {}
    }

    /// What all children that were waited for have consumed so far, with the children they waited for.
    public static var childrenConsumption: Consumption {
        var usage = rusage()
        // Fails for no valid argument.
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        func nanoseconds(_ time: timeval) -> UInt64 {
            UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_usec) * 1_000
        }
        var consumption = Consumption()
        consumption.userTime = nanoseconds(usage.ru_utime)
        consumption.systemTime = nanoseconds(usage.ru_stime)
        consumption.peakResident = UInt64(usage.ru_maxrss) * 1_024
        return consumption
    }

    /// A handle on a process that does not come to mean another; pidfd_open(2).
    ///
    /// Requires Linux 5.3.
    public static func handle(of pid: Int32) throws(KernelError) -> Descriptor {
        Descriptor(owning: try checked(sanderling_pidfd_open(pid), "pidfd_open"))
    }

    /// The number of the process behind a handle; the `Pid` of proc_pid_fdinfo(5).
    public static func pid(behind handle: borrowing Descriptor) throws(KernelError) -> Int32 {
        let text = try File.text(at: "/proc/self/fdinfo/\(handle.number)")
        let line = text.split(separator: "\n").first { $0.hasPrefix("Pid:") }
        guard let pid = line.flatMap({ Int32($0.dropFirst(4).filter(\.isNumber)) }), pid > 0 else {
            throw KernelError(call: "open", number: ESRCH)
        }
        return pid
    }

    /// Kills the process behind a handle; pidfd_send_signal(2).
    ///
    /// Requires Linux 5.1.
    public static func kill(_ handle: borrowing Descriptor) throws(KernelError) {
        try checked(sanderling_pidfd_send_signal(handle.number, SIGKILL), "pidfd_send_signal")
    }

    /// Kills every process that this one may signal, except itself and pid 1; kill(2) with pid -1.
    ///
    /// From a pid namespace's init this is every other process in it, and complete: the kernel walks its list under a
    /// lock that fork also takes. The same holds in a Landlock domain that keeps signals inside.
    public static func killAll() { _ = Glibc.kill(-1, SIGKILL) }

    /// Sends a signal to a process, or to all of the group that it leads; kill(2).
    ///
    /// One that is gone, or that leads no group any more, gets none.
    public static func signal(_ pid: Int32, _ number: Int32, wholeGroup: Bool) {
        _ = Glibc.kill(wholeGroup ? -pid : pid, number)
    }

    /// Dies when the parent does; `PR_SET_PDEATHSIG` of prctl(2).
    public static func dieWithParent() throws(KernelError) {
        try checked(sanderling_set_parent_death_signal(SIGKILL), "prctl")
    }

    /// Becomes the parent of every descendant whose own parent ends; `PR_SET_CHILD_SUBREAPER` of prctl(2).
    ///
    /// Requires Linux 3.4.
    public static func becomeSubreaper() throws(KernelError) {
        try checked(sanderling_become_subreaper(), "prctl")
    }

    /// Keeps others from tracing this process and opening its /proc files; `PR_SET_DUMPABLE` of prctl(2).
    public static func protect() throws(KernelError) { try checked(sanderling_set_dumpable(0), "prctl") }

    /// Lets others of the same identity open this process's /proc files again; undoes ``protect()``.
    public static func unprotect() throws(KernelError) { try checked(sanderling_set_dumpable(1), "prctl") }

    /// The name that ps(1) shows, at most 15 bytes; `PR_SET_NAME` of prctl(2).
    public static func setName(_ name: String) throws(KernelError) {
        try checked(sanderling_set_name(name), "prctl")
    }

    /// Replaces the program; returns only with the failure.
    ///
    /// See execve(2).
    public static func execute(_ path: String, arguments: CStringArray, environment: CStringArray)
        -> KernelError
    {
        KernelError(
            call: "execve",
            number: -sanderling_exec(path, arguments.pointer, environment.pointer),
        )
    }

    /// Closes every descriptor from `first` on except `kept`; close_range(2).
    ///
    /// Requires Linux 5.9.
    public static func closeDescriptors(from first: Int32, except kept: Int32 = -1) throws(KernelError) {
        try checked(sanderling_close_all_from(first, kept), "close_range")
    }

    /// Unblocks every signal and restores its default action.
    public static func resetSignals() throws(KernelError) {
        try checked(sanderling_reset_signals(), "sigaction")
    }

    /// Blocks SIGCHLD and makes it readable; signalfd(2).
    public static func childSignals() throws(KernelError) -> Descriptor {
        Descriptor(owning: try checked(sanderling_child_signal_descriptor(), "signalfd"))
    }
}

/// The monotonic clock; `CLOCK_MONOTONIC` of clock_gettime(2).
public enum MonotonicClock {
    /// Nanoseconds since some moment before boot, the same for every process of the host.
    public static var now: UInt64 { sanderling_monotonic_now() }
}

/// A null-terminated array of C strings, prepared before it is needed.
public final class CStringArray {
    /// What execve(2) takes.
    public let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    /// Copies of `strings`, whose bytes must not hold a NUL.
    public init(_ strings: [[UInt8]]) {
        count = strings.count
        pointer = .allocate(capacity: strings.count + 1)
        for (index, string) in strings.enumerated() {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: string.count + 1)
            for (offset, byte) in string.enumerated() { copy[offset] = CChar(bitPattern: byte) }
            copy[string.count] = 0
            pointer[index] = copy
        }
        pointer[strings.count] = nil
    }

    deinit {
        for index in 0..<count { pointer[index]?.deallocate() }
        pointer.deallocate()
    }
}
