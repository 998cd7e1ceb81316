import SandboxModel

/// Reads the ceilings that a definition sets for its compile stage over ``/SandboxModel/Limits/compileDefaults``.
enum CompileLimits {
    private static let keys = [
        "wall_time", "cpu_time", "memory", "processes", "output", "disk", "file_size", "open_files", "stack",
    ]

    /// The limits under the key `limits` of `compile`.
    static func limits(_ compile: StrictMapping) throws(SandboxError) -> Limits {
        var limits = Limits.compileDefaults
        guard let mapping = try compile.mapping("limits", keys: keys) else { return limits }
        limits.wallTime = try duration(mapping, "wall_time") ?? limits.wallTime
        limits.cpuTime = try duration(mapping, "cpu_time") ?? limits.cpuTime
        limits.memory = try size(mapping, "memory") ?? limits.memory
        limits.processes = try count(mapping, "processes") ?? limits.processes
        limits.output = try size(mapping, "output") ?? limits.output
        limits.disk = try size(mapping, "disk") ?? limits.disk
        limits.fileSize = try size(mapping, "file_size") ?? limits.fileSize
        limits.openFiles = try count(mapping, "open_files") ?? limits.openFiles
        limits.stack = try size(mapping, "stack") ?? limits.stack
        return limits
    }

    /// A number of seconds, up to a day.
    private static func duration(_ mapping: StrictMapping, _ key: String) throws(SandboxError)
        -> Duration?
    {
        guard let node = mapping[key] else { return nil }
        guard let seconds = node.text.flatMap({ Double($0) }), seconds > 0, seconds <= 86_400 else {
            throw mapping.error(key, "must be a number of seconds above 0 and at most 86400")
        }
        return .seconds(seconds)
    }

    private static func count(_ mapping: StrictMapping, _ key: String) throws(SandboxError) -> Int? {
        guard let node = mapping[key] else { return nil }
        guard let count = node.text.flatMap({ Int($0) }), count > 0, count <= 1_000_000 else {
            throw mapping.error(key, "must be a whole number above 0 and at most 1000000")
        }
        return count
    }

    /// A whole number of bytes, or one with a unit: `600MB`, `2GiB`.
    private static func size(_ mapping: StrictMapping, _ key: String) throws(SandboxError) -> ByteCount? {
        guard let text = try mapping.string(key) else { return nil }
        let units = [
            "": 1, "B": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000, "KiB": 1 << 10, "MiB": 1 << 20,
            "GiB": 1 << 30,
        ]
        let digits = text.prefix { ("0"..."9").contains($0) }
        let unit = String(text.dropFirst(digits.count).drop { $0 == " " })
        guard let number = Int(digits), let factor = units[unit], number > 0 else {
            throw mapping.error(key, "must be a size such as 600MB or 2GiB")
        }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
        guard !overflow else { throw mapping.error(key, "is too large") }
        return .bytes(bytes)
    }
}
