import Glibc
import LaunchProtocol
import LinuxKernel

/// A process that gives up everything a program must not have, waits for its program, and becomes it.
///
/// The steps stand in an order in which each can still be done. What is left to do when the program comes needs no
/// privilege: ceilings are only lowered, and streams put in their places.
struct ConfinedProcess {
    private let plan: ConfinementPlan
    private let cgroups: [Int32]

    /// A process that joins `cgroups` and confines itself by `plan`.
    init(_ plan: ConfinementPlan, cgroups: [Int32]) {
        self.plan = plan
        self.cgroups = cgroups
    }

    /// Runs in the new process and never returns.
    func run(reportTo reports: consuming MessageSocket) -> Never {
        do {
            try confine(reports)
            try at(.initProcess) { () throws(KernelError) in
                try reports.send(StageReport.parked(pid: getpid()).wireBytes)
            }
            try becomeProgram(reports)
        } catch {
            try? reports.send(StageReport.failed(error).wireBytes)
        }
        _exit(127)
    }

    // MARK: Before the program is known

    private func confine(_ reports: borrowing MessageSocket) throws(LaunchFailure) {
        for (index, number) in cgroups.enumerated() {
            try at(.cgroup, index) { () throws(KernelError) in
                try Descriptor.borrowing(number) { processes throws(KernelError) in
                    try File.write([UInt8(ascii: "0")], to: processes)
                }
            }
        }
        if !plan.isFenced, !plan.hasOwnKernel {
            try at(.namespaces) { () throws(KernelError) in try Process.unshare(.cgroup) }
        }
        try at(.streams) { () throws(KernelError) in
            guard setsid() >= 0 else { throw KernelError(call: "setsid", number: errno) }
            // 0, 1 and 2 are /dev/null until the program's own come.
            try Process.closeDescriptors(from: 3, except: reports.descriptor.number)
        }
        try at(.resourceLimits) { () throws(KernelError) in try ResourceLimit.forbidCoreFiles() }
        try at(.credentials) { () throws(KernelError) in
            if plan.isFenced {
                // Where init is killed, which takes no namespace with it.
                try Process.dieWithParent()
                // What is in a fence dies before its init, which ends what is left; for its file, as init's is closed.
                try Process.unprotect()
                try File.write("1000", at: "/proc/self/oom_score_adj")
            } else {
                if plan.hasOwnKernel {
                    try Credentials.emptyBoundingSet()
                } else {
                    try Credentials.boundCapabilities()
                }
                try Credentials.become(uid: plan.identity, gid: plan.identity, keepGroups: true)
            }
            try Credentials.clearCapabilities()
            try Credentials.forbidNewPrivileges()
            try Process.resetSignals()
            umask(0o022)
            guard chdir(plan.workingDirectory) == 0 else { throw KernelError(call: "chdir", number: errno) }
        }
        if let landlock = plan.landlock {
            try at(.landlock) { () throws(KernelError) in
                try Self.ruleset(landlock).restrict()
            }
        }
        if !plan.filter.isEmpty {
            try at(.seccomp) { () throws(KernelError) in try installFilter(reports) }
        }
    }

    /// The rules of `plan`, with its paths as they are in the cell.
    static func ruleset(_ plan: LandlockPlan) throws(KernelError) -> Landlock.Ruleset {
        let rules = try Landlock.Ruleset(
            version: Int(plan.version),
            scoped: plan.scoped,
            withoutNetwork: plan.withoutNetwork,
        )
        for rule in plan.rules { try rules.allow(Landlock.Access(rawValue: rule.access), below: rule.path) }
        return rules
    }

    /// The listener must reach init before exec closes it, and init must have it before the first refused call.
    private func installFilter(_ reports: borrowing MessageSocket) throws(KernelError) {
        guard let listener = try Seccomp.install(plan.filter, recording: plan.recordsRefusals) else { return }
        try reports.send(StageReport.listener.wireBytes, descriptors: [listener.number])
        _ = try reports.receive()
    }

    // MARK: When the program is known

    private func becomeProgram(_ reports: borrowing MessageSocket) throws(LaunchFailure) {
        let (program, streams) = try receiveProgram(reports)
        try at(.streams) { () throws(KernelError) in
            for (number, source) in streams.enumerated() {
                try Descriptor.borrowing(source) { source throws(KernelError) in
                    try source.place(at: Int32(number))
                }
            }
            let first = Int32(max(3, streams.count))
            try Process.closeDescriptors(from: first, except: reports.descriptor.number)
        }
        for (index, limit) in program.resourceLimits.enumerated() {
            try at(.resourceLimits, index) { () throws(KernelError) in
                try ResourceLimit.set(limit.resource, to: limit.value)
            }
        }
        let executable = String(decoding: program.executable, as: UTF8.self)
        let arguments = CStringArray(program.arguments)
        let environment = CStringArray(program.environment)
        // Taken here: when init hears of it, the program may be over already.
        try at(.execute) { () throws(KernelError) in
            try reports.send(StageReport.executing(time: MonotonicClock.now).wireBytes)
        }
        throw LaunchFailure(
            stage: .execute,
            Process.execute(executable, arguments: arguments, environment: environment),
        )
    }

    private func receiveProgram(
        _ reports: borrowing MessageSocket
    ) throws(LaunchFailure) -> (program: ProgramPlan, streams: [Int32]) {
        do throws(KernelError) {
            guard let message = try reports.receive(), !message.bytes.isEmpty else {
                // Init has no program for it any more.
                _exit(0)
            }
            guard let program = try? ProgramPlan(wireBytes: message.bytes), message.descriptors.count >= 3
            else { throw KernelError(call: "recvmsg", number: EBADMSG) }
            return (program, message.descriptors)
        } catch {
            throw LaunchFailure(stage: .initProcess, error)
        }
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
