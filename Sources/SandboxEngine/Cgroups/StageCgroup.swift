import Glibc
import LinuxKernel
import SandboxModel
import Synchronization

/// The limited cgroup that one stage's processes live in: ceilings go in, counters come out.
final class StageCgroup: Sendable {
    private let name: String
    private let parent: SandboxCgroup
    /// What its files were set to, by name: setting one again to the same is saved.
    private let settings = Mutex<[String: String]>([:])
    private let isRemoved = Atomic(false)
    /// What was consumed before the program was there, in nanoseconds: by the process that waited for it.
    private let earlier = Mutex<(whole: UInt64, user: UInt64, system: UInt64)>((0, 0, 0))

    /// Memory that its process shares with a zygote, which is charged for it, in bytes.
    private let borrowed = Mutex<Int>(0)

    private var version: CgroupPlacement.Version { parent.version }
    private var optionalFiles: SandboxCgroup.OptionalFiles { parent.optionalFiles }

    /// Makes the cgroup in every hierarchy of `parent`.
    init(name: String, in parent: SandboxCgroup) throws(KernelError) {
        self.name = name
        self.parent = parent
        var made: [Int32] = []
        for hierarchy in parent.hierarchies {
            guard mkdirat(hierarchy, name, 0o755) == 0 else {
                let failure = KernelError(call: "mkdirat", number: errno)
                for hierarchy in made { unlinkat(hierarchy, name, AT_REMOVEDIR) }
                throw failure
            }
            made.append(hierarchy)
        }
    }

    /// Removes the cgroup from the hierarchies in which nothing is in it any more; ``remove()`` does the rest.
    func removeWhereEmpty() {
        for hierarchy in parent.hierarchies { unlinkat(hierarchy, name, AT_REMOVEDIR) }
    }

    /// Removes the cgroup, as letting go of it does; whatever were still in it is killed.
    func remove() {
        guard !isRemoved.exchange(true, ordering: .relaxed) else { return }
        let isLeft = parent.hierarchies.map { unlinkat($0, name, AT_REMOVEDIR) != 0 && errno != ENOENT }
        guard isLeft.contains(true) else { return }
        for path in Set(parent.directories.values) { CgroupDirectory.remove(path + "/" + name) }
    }

    deinit { remove() }

    /// Lends the files a process with one thread writes itself into, opened with the host's rights.
    ///
    /// On v1 that is `tasks`, which moves the thread that writes "0": unlike `cgroup.procs` it does not take the lock that
    /// every fork waits for, and so does not wait for an RCU grace period, which takes some ten milliseconds
    /// (`cgroup_procs_write_start` in the kernel).
    func withProcessFiles<Result>(_ body: ([Int32]) throws -> Result) throws -> Result {
        let file = version == .v1 ? "tasks" : "cgroup.procs"
        var numbers: [Int32] = []
        defer { for number in numbers { close(number) } }
        for hierarchy in parent.hierarchies {
            numbers.append(try open(file, O_WRONLY, in: hierarchy).release())
        }
        return try body(numbers)
    }

    /// Counts `bytes` as used here that are charged elsewhere: limits are lower by so much, and readings higher.
    func borrow(_ bytes: Int) { borrowed.withLock { $0 = bytes } }

    private var borrowedMemory: Int { borrowed.withLock { $0 } }

    /// Sets the ceilings of `limits`; `filesInMemory` are the bytes that files may take on top of the memory limit.
    ///
    /// Without `countsProcesses`, what runs here is no program's alone, and their number is not limited.
    func apply(_ limits: Limits, filesInMemory: Int, countsProcesses: Bool = true) throws(KernelError) {
        let ceiling = max(0, limits.memory.bytes + filesInMemory - borrowedMemory)
        switch version {
        case .v1:
            try setMemoryCeiling(ceiling)
            try set(.memory, "memory.swappiness", 0)
            // Buffers of TCP sockets are counted apart, and only once they have a ceiling.
            if optionalFiles.socketLimit {
                try set(.memory, "memory.kmem.tcp.limit_in_bytes", limits.memory.bytes)
            }
        case .v2:
            try set(.memory, "memory.max", ceiling)
            if optionalFiles.swapLimit { try set(.memory, "memory.swap.max", 0) }
            try set(.memory, "memory.oom.group", 1)
        }
        if countsProcesses { try set(.pids, "pids.max", limits.processes) }
        guard let share = limits.cpuShare else { return }
        // A short period keeps a small share smooth; the kernel wants at least a millisecond of quota.
        let period = share < 0.1 ? 100_000 : 10_000
        let quota = max(1_000, Int(share * Double(period)))
        switch version {
        case .v1:
            try set(.cpu, "cpu.cfs_period_us", period)
            try set(.cpu, "cpu.cfs_quota_us", quota)
        case .v2: try set(.cpu, "cpu.max", "\(quota) \(period)")
        }
    }

    private func setMemoryCeiling(_ bytes: Int) throws(KernelError) {
        let file = "memory.limit_in_bytes"
        let isRaised = settings.withLock { $0[file] }.flatMap { Int($0) }.map { bytes > $0 } ?? false
        // Without swap in it, the limit must never be above the one that counts both; absent where the kernel does not count
        // swap: then there is none, or doctor says so.
        if isRaised, optionalFiles.swapLimit { try set(.memory, "memory.memsw.limit_in_bytes", bytes) }
        try set(.memory, file, bytes)
        if optionalFiles.swapLimit { try set(.memory, "memory.memsw.limit_in_bytes", bytes) }
    }

    // MARK: Counters

    /// Counts processor time from now on.
    func beginCounting() {
        let parts = readCPUTimeParts()
        let whole = readCPUTime()
        earlier.withLock { $0 = (whole ?? 0, parts?.user ?? 0, parts?.system ?? 0) }
    }

    /// Processor time consumed since ``beginCounting()``, in nanoseconds; `nil` when it cannot be counted.
    var cpuTime: UInt64? { readCPUTime().map { $0 - min($0, earlier.withLock(\.whole)) } }

    /// The parts of ``cpuTime`` in user mode and in the kernel, in nanoseconds.
    var cpuTimeParts: (user: UInt64, system: UInt64)? {
        let earlier = earlier.withLock { $0 }
        return readCPUTimeParts().map { parts in
            (parts.user - min(parts.user, earlier.user), parts.system - min(parts.system, earlier.system))
        }
    }

    private func readCPUTime() -> UInt64? {
        switch version {
        case .v1: number(.cpuacct, "cpuacct.usage")
        case .v2: field(.cpuacct, "cpu.stat", "usage_usec").map { $0 * 1_000 }
        }
    }

    private func readCPUTimeParts() -> (user: UInt64, system: UInt64)? {
        switch version {
        case .v1:
            guard let user = number(.cpuacct, "cpuacct.usage_user"),
                let system = number(.cpuacct, "cpuacct.usage_sys")
            else { return nil }
            return (user, system)
        case .v2:
            guard let user = field(.cpuacct, "cpu.stat", "user_usec"),
                let system = field(.cpuacct, "cpu.stat", "system_usec")
            else { return nil }
            return (user * 1_000, system * 1_000)
        }
    }

    /// Memory in use, in bytes.
    var memory: UInt64? {
        number(.memory, version == .v1 ? "memory.usage_in_bytes" : "memory.current")
            .map { $0 + UInt64(borrowedMemory) }
    }

    /// Memory that is no file's contents, in bytes.
    var anonymousMemory: UInt64? { field(.memory, "memory.stat", version == .v1 ? "total_rss" : "anon") }

    /// The most memory ever in use, in bytes.
    var memoryPeak: UInt64? { chargedPeak.map { $0 + UInt64(borrowedMemory) } }

    private var chargedPeak: UInt64? {
        number(.memory, version == .v1 ? "memory.max_usage_in_bytes" : "memory.peak")
    }

    /// Memory that holds contents of files, in bytes: what the kernel can take back by itself, as it is on a disk, and what it
    /// cannot, in a memory file system or in memory that processes share.
    ///
    /// The lists of files hold private memory as well that was given up by `MADV_FREE` of madvise(2), also where it is in use again:
    /// what can be taken back is never more than there is of files.
    var memoryOfFiles: (reclaimable: UInt64, unbacked: UInt64)? {
        let (total, files) = version == .v1 ? ("total_", "total_cache") : ("", "file")
        guard let text = (try? contents(.memory, "memory.stat")) ?? nil,
            let inactive = Self.field(total + "inactive_file", of: text),
            let active = Self.field(total + "active_file", of: text),
            let whole = Self.field(files, of: text),
            let unbacked = Self.field(total + "shmem", of: text)
        else { return nil }
        return (min(inactive + active, whole - min(whole, unbacked)), unbacked)
    }

    /// How many processes the out-of-memory killer ended here.
    var outOfMemoryKills: UInt64? { (try? readOutOfMemoryKills()) ?? nil }

    private func readOutOfMemoryKills() throws(KernelError) -> UInt64? {
        switch version {
        case .v1: Self.field("oom_kill", of: try contents(.memory, "memory.oom_control"))
        case .v2: Self.field("oom_kill", of: try contents(.memory, "memory.events"))
        }
    }

    /// What a verdict rests on.
    struct Evidence {
        /// How many processes the out-of-memory killer ended here.
        var outOfMemoryKills: UInt64 = 0
        /// Whether it struck at this cgroup's own ceiling, and not only at one above it.
        var reachedMemoryCeiling = false
        /// How many new processes or threads were refused.
        var refusedProcesses: UInt64 = 0
    }

    /// Reads what a verdict rests on, when the stage is over.
    ///
    /// Nothing is counted where there is no controller. A counter that is there and cannot be read is a failure: 0 in its place
    /// would make a limit look like the program's own doing.
    func evidence() throws(KernelError) -> Evidence {
        var evidence = Evidence()
        evidence.outOfMemoryKills = try readOutOfMemoryKills() ?? 0
        if evidence.outOfMemoryKills > 0 { evidence.reachedMemoryCeiling = try reachedMemoryCeiling() }
        evidence.refusedProcesses = Self.field("max", of: try contents(.pids, "pids.events")) ?? 0
        return evidence
    }

    private func reachedMemoryCeiling() throws(KernelError) -> Bool {
        switch version {
        case .v1:
            // `memory.failcnt` stays at 0 where the limit on memory and swap together is the one that strikes. A request for
            // memory that the killer answers is for at most 8 pages (`PAGE_ALLOC_COSTLY_ORDER`).
            guard let peak = Self.number(try contents(.memory, "memory.max_usage_in_bytes")),
                let ceiling = Self.number(try contents(.memory, "memory.limit_in_bytes"))
            else { return false }
            return peak + 8 * 4_096 >= ceiling
        case .v2: return Self.field("max", of: try contents(.memory, "memory.events")) ?? 0 > 0
        }
    }

    /// The file that ``outOfMemoryKills`` is read from, as evidence names it.
    var outOfMemorySource: String {
        version == .v1 ? "memory.oom_control oom_kill" : "memory.events oom_kill"
    }

    /// The most processes and threads ever alive at once.
    var processPeak: UInt64? { number(.pids, "pids.peak") }

    /// Processes and threads alive.
    var processes: UInt64? { number(.pids, "pids.current") }

    // MARK: Notification

    /// Wakes `counter` when the out-of-memory killer strikes, or returns a file to poll for `POLLPRI` instead.
    ///
    /// v1 signals an eventfd (`cgroup.event_control`) and needs nothing kept open. v2 has the file, which is ready until it
    /// is read from its beginning, for the first time as well: see ``rearm(_:)``.
    func watchOutOfMemory(_ counter: borrowing EventCounter) throws(KernelError) -> Descriptor? {
        guard let hierarchy = parent.handles[.memory] else { return nil }
        switch version {
        case .v1:
            let control = try open("memory.oom_control", O_RDONLY, in: hierarchy)
            let order = "\(counter.descriptor.number) \(control.number)"
            try write(order, to: "cgroup.event_control", in: hierarchy)
            return nil
        case .v2:
            let events = try open("memory.events", O_RDONLY, in: hierarchy)
            try rearm(events)
            return events
        }
    }

    /// Makes a file of ``watchOutOfMemory(_:)`` wait for the next change.
    func rearm(_ events: borrowing Descriptor) throws(KernelError) {
        guard lseek(events.number, 0, SEEK_SET) == 0 else { throw KernelError(call: "lseek", number: errno) }
        _ = try File.read(events, capacity: 4_096)
    }

    /// Wakes `counter` when memory in use crosses `bytes`.
    func watchMemory(crossing bytes: UInt64, _ counter: borrowing EventCounter) throws(KernelError) {
        guard let hierarchy = parent.handles[.memory] else { return }
        let bytes = bytes - min(bytes, UInt64(borrowedMemory))
        switch version {
        case .v1:
            let usage = try open("memory.usage_in_bytes", O_RDONLY, in: hierarchy)
            let order = "\(counter.descriptor.number) \(usage.number) \(bytes)"
            try write(order, to: "cgroup.event_control", in: hierarchy)
        case .v2: try set(.memory, "memory.high", Int(bytes))
        }
    }

    // MARK: Files

    private func set(_ controller: CgroupController, _ file: String, _ value: Int) throws(KernelError) {
        try set(controller, file, String(value))
    }

    private func set(_ controller: CgroupController, _ file: String, _ value: String) throws(KernelError) {
        // Without a directory the layer is missing, which the caller has accepted by name.
        guard let hierarchy = parent.handles[controller] else { return }
        guard settings.withLock({ $0[file] }) != value else { return }
        try write(value, to: file, in: hierarchy)
        settings.withLock { $0[file] = value }
    }

    /// What a file holds, all that it has to say with one call (`seq_read_iter` in the kernel); `nil` without its controller.
    private func contents(_ controller: CgroupController, _ file: String) throws(KernelError) -> String? {
        guard let hierarchy = parent.handles[controller] else { return nil }
        let bytes = try File.read(open(file, O_RDONLY, in: hierarchy), capacity: 8_192)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes `text` with one call, as such files want it.
    private func write(_ text: String, to file: String, in hierarchy: Int32) throws(KernelError) {
        try File.write(Array(text.utf8), to: open(file, O_WRONLY, in: hierarchy))
    }

    private func open(_ file: String, _ flags: Int32, in hierarchy: Int32) throws(KernelError) -> Descriptor {
        try File.open(name + "/" + file, flags, inDirectory: hierarchy)
    }

    private func number(_ controller: CgroupController, _ file: String) -> UInt64? {
        Self.number((try? contents(controller, file)) ?? nil)
    }

    private func field(_ controller: CgroupController, _ file: String, _ name: String) -> UInt64? {
        Self.field(name, of: (try? contents(controller, file)) ?? nil)
    }

    private static func number(_ text: String?) -> UInt64? {
        text.flatMap { UInt64($0.prefix { $0 != "\n" }) }
    }

    private static func field(_ name: String, of text: String?) -> UInt64? {
        for line in text?.split(separator: "\n") ?? [] {
            let parts = line.split(separator: " ")
            if parts.count == 2, parts[0] == name { return UInt64(parts[1]) }
        }
        return nil
    }
}
