import Languages
import SandboxModel

/// Reads the ceilings of a case's program.
enum LimitReader {
    private static let keys = [
        "wall", "cpu", "memory", "processes", "output", "overflow", "disk", "file_size", "open_files",
        "stack",
    ]

    /// The limits under `limits`; what is not named has its default, and processor time follows a longer wall time.
    static func limits(_ program: StrictMapping) throws(SandboxError) -> Limits {
        var limits = Limits()
        guard let mapping = try program.mapping("limits", keys: keys) else { return limits }
        func time(_ key: String, _ range: ClosedRange<Duration>) throws(SandboxError) -> Duration? {
            try mapping.quantity(key) { text throws(QuantityError) in
                try Duration(quantity: text, within: range)
            }
        }
        func size(_ key: String, _ range: ClosedRange<ByteCount>) throws(SandboxError) -> ByteCount? {
            try mapping.quantity(key) { text throws(QuantityError) in
                try ByteCount(quantity: text, within: range)
            }
        }
        func count(_ key: String, _ range: ClosedRange<Int>) throws(SandboxError) -> Int? {
            try mapping.quantity(key) { text throws(QuantityError) in try Int(quantity: text, within: range) }
        }
        limits.wallTime = try time("wall", LimitRange.wallTime) ?? limits.wallTime
        limits.cpuTime = try time("cpu", LimitRange.cpuTime) ?? max(limits.cpuTime, limits.wallTime)
        limits.memory = try size("memory", LimitRange.memory) ?? limits.memory
        limits.processes = try count("processes", LimitRange.processes) ?? limits.processes
        limits.output = try size("output", LimitRange.output) ?? limits.output
        limits.outputOverflow =
            try mapping.word("overflow", as: OutputOverflow.self) ?? limits.outputOverflow
        limits.disk = try size("disk", LimitRange.disk) ?? limits.disk
        limits.fileSize = try size("file_size", LimitRange.fileSize) ?? limits.fileSize
        limits.openFiles = try count("open_files", LimitRange.openFiles) ?? limits.openFiles
        limits.stack = try size("stack", LimitRange.stack) ?? limits.stack
        return limits
    }
}
