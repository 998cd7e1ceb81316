#if SANDERLING_SABOTAGE
import SandboxModel

extension ExecutionPlan {
    /// Lifts the limits that are to be left out, and takes the module guard away.
    mutating func leaveOutWalls() {
        limits.leaveOutWalls()
        compileLimits.leaveOutWalls()
        if Sabotage.leavesOut("guard") { moduleGuard = nil }
    }
}

extension Limits {
    fileprivate mutating func leaveOutWalls() {
        if Sabotage.leavesOut(.memoryLimit) { memory = .bytes(1 << 40) }
        if Sabotage.leavesOut(.processLimit) { processes = 1 << 20 }
        if Sabotage.leavesOut(.cpuTimeLimit) { cpuTime = .seconds(86_400) }
        if Sabotage.leavesOut("disk_limit") { disk = .bytes(1 << 40) }
        if Sabotage.leavesOut("capture") {
            outputOverflow = .truncate
            output = .mebibytes(4)
        }
    }
}
#endif
