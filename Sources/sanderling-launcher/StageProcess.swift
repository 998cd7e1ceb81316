import Glibc
import LaunchProtocol
import LinuxKernel

/// Starts a stage's program: gives up everything it must not have, in an order in which each step can still be done.
struct StageProcess {
    private let plan: StagePlan
    private let descriptors: [Int32]
    private let arguments: CStringArray
    private let environment: CStringArray
    private let executable: String

    /// A process for `plan`; everything that needs memory is made now.
    init(_ plan: StagePlan, _ descriptors: [Int32]) {
        self.plan = plan
        self.descriptors = descriptors
        arguments = CStringArray(plan.arguments)
        environment = CStringArray(plan.environment)
        executable = String(decoding: plan.executable, as: UTF8.self)
    }

    /// A program that runs.
    struct Started: ~Copyable {
        /// Its pid in the cell.
        let pid: Int32
        /// When it was executed, in nanoseconds of the monotonic clock.
        let time: UInt64
        private let listener: Descriptor?

        fileprivate init(pid: Int32, time: UInt64, listener: consuming Descriptor?) {
            self.pid = pid
            self.time = time
            self.listener = listener
        }

        /// The filter's listener, when refusals are recorded.
        consuming func takeListener() -> Descriptor? { listener }
    }

    /// Forks and waits until the program runs or the step is known that failed.
    func start() throws -> Started {
        let pair = try MessageSocket.Pair()
        let pid = try Process.fork()
        guard let pid else {
            pair.first.close()
            becomeProgram(reportTo: MessageSocket(pair.second))
        }
        pair.second.close()
        let reports = MessageSocket(pair.first)
        var listener: Descriptor?
        var time: UInt64?
        while let report = try reports.receive(), !report.bytes.isEmpty {
            switch try StageReport(wireBytes: report.bytes) {
            case .listener:
                guard let number = report.descriptors.first else { throw MalformedMessage() }
                listener = Descriptor(owning: number)
                try reports.send([1])
            case .executing(let now): time = now
            case .failed(let failure): throw failure
            }
        }
        // The connection ended because exec closed it, or because a limit has ended the process before.
        return Started(pid: pid, time: time ?? MonotonicClock.now, listener: listener)
    }

    private func becomeProgram(reportTo reports: consuming MessageSocket) -> Never {
        do {
            try shedPrivileges(reports)
        } catch {
            try? reports.send(StageReport.failed(error).wireBytes)
        }
        _exit(127)
    }

    private func shedPrivileges(_ reports: borrowing MessageSocket) throws(LaunchFailure) {
        for (index, place) in plan.cgroups.enumerated() {
            try at(.cgroup, index) { () throws(KernelError) in try joinCgroup(place) }
        }
        try at(.namespaces) { () throws(KernelError) in try Process.unshare(.cgroup) }
        try at(.streams) { () throws(KernelError) in
            guard setsid() >= 0 else { throw KernelError(call: "setsid", number: errno) }
            for (number, place) in plan.streams.enumerated() {
                let source = descriptors[CellPlan.DescriptorPlace.first + Int(place)]
                try Descriptor.borrowing(source) { source throws(KernelError) in
                    try source.place(at: Int32(number))
                }
            }
            let first = Int32(max(3, plan.streams.count))
            try Process.closeDescriptors(from: first, except: reports.descriptor.number)
        }
        for (index, limit) in plan.resourceLimits.enumerated() {
            try at(.resourceLimits, index) { () throws(KernelError) in
                try ResourceLimit.set(limit.resource, to: limit.value)
            }
        }
        try at(.resourceLimits) { () throws(KernelError) in try volunteerForOutOfMemoryKiller() }
        try at(.credentials) { () throws(KernelError) in
            try Credentials.boundCapabilities()
            try Credentials.become(uid: plan.identity, gid: plan.identity, keepGroups: true)
            try Credentials.clearCapabilities()
            try Credentials.forbidNewPrivileges()
            try Process.resetSignals()
            umask(0o022)
            guard chdir(plan.workingDirectory) == 0 else { throw KernelError(call: "chdir", number: errno) }
        }
        if let landlock = plan.landlock {
            try at(.landlock) { () throws(KernelError) in
                let rules = try Landlock.Ruleset(version: Int(landlock.version), scoped: landlock.scoped)
                for rule in landlock.rules {
                    try rules.allow(Landlock.Access(rawValue: rule.access), below: rule.path)
                }
                try rules.restrict()
            }
        }
        if !plan.filter.isEmpty {
            try at(.seccomp) { () throws(KernelError) in try installFilter(reports) }
        }
        // Taken here: when init hears of it, the program may be over already.
        try at(.execute) { () throws(KernelError) in
            try reports.send(StageReport.executing(time: MonotonicClock.now).wireBytes)
        }
        throw LaunchFailure(
            stage: .execute,
            Process.execute(executable, arguments: arguments, environment: environment),
        )
    }

    /// Where a limit above ours strikes, programs die first, and neither init nor whoever runs Sanderling.
    ///
    /// See `oom_score_adj` in proc_pid_oom_score_adj(5). A protected process may not open its own file.
    private func volunteerForOutOfMemoryKiller() throws(KernelError) {
        try Process.unprotect()
        try File.write("1000", at: "/proc/self/oom_score_adj")
        try Process.protect()
    }

    private func joinCgroup(_ place: UInt32) throws(KernelError) {
        let number = descriptors[CellPlan.DescriptorPlace.first + Int(place)]
        try Descriptor.borrowing(number) { processes throws(KernelError) in
            try File.write([UInt8(ascii: "0")], to: processes)
        }
    }

    /// The listener must reach init before exec closes it, and init must have it before the first refused call.
    private func installFilter(_ reports: borrowing MessageSocket) throws(KernelError) {
        guard let listener = try Seccomp.install(plan.filter, recording: plan.recordsRefusals) else { return }
        try reports.send(StageReport.listener.wireBytes, descriptors: [listener.number])
        _ = try reports.receive()
    }

    private func at(
        _ stage: LaunchFailure.Stage,
        _ index: Int = 0,
        _ step: () throws(KernelError) -> Void,
    ) throws(LaunchFailure) {
        do {
            try step()
        } catch {
            throw LaunchFailure(stage: stage, error, index: index)
        }
    }
}
