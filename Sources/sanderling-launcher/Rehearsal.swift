import LaunchProtocol

/// What every cell's init needs of Swift's runtime, asked for once in the launcher, which they are forked from.
///
/// The runtime makes a generic type when it is first used, in each process for itself: a seventh of what a cell cost its init.
/// The launcher does it while it waits for the host's first word.
enum Rehearsal {
    /// Writes and reads messages of every shape that a cell's processes exchange.
    static func run() {
        for request in requests { _ = try? CellRequest(wireBytes: request.wireBytes) }
        for reply in replies { _ = reply.wireBytes }
        for report in reports { _ = try? StageReport(wireBytes: report.wireBytes) }
        _ = try? ProgramPlan(wireBytes: program.wireBytes)
        _ = String(mode, radix: 8)
    }

    private static let mode: UInt32 = 0o755
    private static let failure = LaunchFailure(stage: .execute, call: "execve", number: 2)
    private static let step = MountStep.directory(path: "/", mode: mode, owner: 0)
    private static let program = ProgramPlan(
        resourceLimits: [ResourceCeiling(resource: 0, value: 0)],
        executable: [0],
        arguments: [[0]],
        environment: [[0]],
    )

    private static var requests: [CellRequest] {
        var confinement = ConfinementPlan(
            workingDirectory: "/",
            identity: 0,
            landlock: LandlockPlan(version: 1, scoped: false, rules: [.init(path: "/", access: 0)]),
            filter: [0],
            recordsRefusals: true,
        )
        confinement.preparation = [step]
        let stage = StagePlan(
            streams: 0,
            preparation: [step],
            program: program,
            scratch: "/",
            writableDirectories: ["/"],
            fileCeiling: 0,
        )
        return [.park(confinement), .start(stage)]
    }

    private static var replies: [CellReply] {
        let ending = StageEnding(
            signaled: false,
            code: 0,
            time: 0,
            scratchUsed: 0,
            scratchCapacity: 0,
            scratchFreeFiles: 0,
            fileAtCeiling: false,
            userTime: 0,
            systemTime: 0,
            peakResident: 0,
        )
        return [.ready, .parked, .started(time: 0), .ended(ending), .failed(failure)]
    }

    private static var reports: [StageReport] {
        [.listener, .parked(pid: 1), .executing(time: 0), .failed(failure)]
    }
}
