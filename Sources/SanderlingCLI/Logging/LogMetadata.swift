import Logging
import SandboxModel

extension ExecutionResult {
    /// What a log says of an execution: counts and names, nothing that the program wrote.
    var logMetadata: Logger.Metadata {
        [
            "language": "\(language)",
            "verdict": "\(verdict.rawValue)",
            "exit_code": "\(exitCode)",
            "wall_time": "\(usage.wallTime.inSeconds)",
            "cpu_time": "\(usage.cpuTime.inSeconds)",
            "memory": "\(usage.memory.bytes)",
            "processes": "\(usage.processes)",
            "enforcement": "\(isolation.enforcement.rawValue)",
        ]
    }
}
