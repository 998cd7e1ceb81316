import Glibc
import LaunchProtocol
import LinuxKernel

/// Init's hold on a process that is confined and waits for its program.
final class ParkedProcess {
    /// Its number in the cell.
    let pid: Int32
    /// Records what the filter refuses it, when that is recorded.
    let recorder: RefusalRecorder?
    private let reports: MessageSocket

    /// Forks a process and waits until it is confined; `cgroups` are the files to join by, which are closed.
    convenience init(forking confinement: ConfinementPlan, cgroups: [Int32]) throws {
        let pair = try MessageSocket.Pair()
        guard try Process.fork() != nil else {
            pair.first.close()
            ConfinedProcess(confinement, cgroups: cgroups).run(reportTo: MessageSocket(pair.second))
        }
        pair.second.close()
        for number in cgroups { _ = Descriptor(owning: number) }
        try self.init(waitingAt: MessageSocket(pair.first))
    }

    /// Tells the zygote's child at the other end of `connection` how to enter the cell, and waits until it is confined.
    convenience init(
        adopting confinement: ConfinementPlan,
        into namespaces: NamespaceHandles,
        from connection: consuming MessageSocket,
    ) throws {
        var descriptors = namespaces.descriptors
        var ruleset: Int32?
        if let landlock = confinement.landlock {
            do throws(KernelError) {
                ruleset = try ConfinedProcess.ruleset(landlock).release()
            } catch {
                throw LaunchFailure(stage: .landlock, error)
            }
        }
        defer { if let ruleset { close(ruleset) } }
        if let ruleset { descriptors.append(ruleset) }
        let order = JoinOrder(
            namespaces: namespaces,
            confinement: confinement,
            hasRuleset: ruleset != nil,
        )
        try connection.send(order.wireBytes, descriptors: descriptors)
        try self.init(waitingAt: connection)
    }

    /// Waits until the process at the other end of `reports` is confined.
    private init(waitingAt reports: consuming MessageSocket) throws {
        var recorder: RefusalRecorder?
        var parked: Int32?
        while parked == nil {
            guard let report = try reports.receive(), !report.bytes.isEmpty else {
                throw LaunchFailure(stage: .initProcess, call: "recvmsg", number: ECONNRESET)
            }
            switch try StageReport(wireBytes: report.bytes) {
            case .listener:
                guard let number = report.descriptors.first else { throw MalformedMessage() }
                recorder = RefusalRecorder(listener: Descriptor(owning: number))
                try reports.send([1])
            case .parked(let pid): parked = pid
            case .failed(let failure): throw failure
            case .executing: throw MalformedMessage()
            }
        }
        guard let parked else { throw MalformedMessage() }
        pid = parked
        self.recorder = recorder
        self.reports = reports
    }

    /// Gives the process its program; returns when that was executed, in nanoseconds of the monotonic clock.
    func start(_ program: ProgramPlan, streams: [Int32]) throws -> UInt64 {
        do throws(KernelError) {
            try reports.send(program.wireBytes, descriptors: streams)
        } catch {
            guard [EPIPE, ECONNRESET].contains(error.number) else { throw error }
            try requireKilled(or: LaunchFailure(stage: .initProcess, error))
            return MonotonicClock.now
        }
        var time: UInt64?
        while let report = try reports.receive(), !report.bytes.isEmpty {
            switch try StageReport(wireBytes: report.bytes) {
            case .executing(let now): time = now
            case .failed(let failure): throw failure
            case .listener, .parked: throw MalformedMessage()
            }
        }
        // The connection ended because exec closed it.
        if let time { return time }
        try requireKilled(or: LaunchFailure(stage: .execute, call: "recvmsg", number: ECONNRESET))
        return MonotonicClock.now
    }

    /// A limit may end the process before its first instruction; how, its wait status says.
    ///
    /// What it exited with by itself is not the program's code, and `failure` is thrown.
    private func requireKilled(or failure: LaunchFailure) throws {
        // One that still waits for its program ends with this.
        _ = shutdown(reports.descriptor.number, Int32(SHUT_RDWR))
        guard try Process.awaitsReapingAfterSignal(pid) else { throw failure }
    }
}
