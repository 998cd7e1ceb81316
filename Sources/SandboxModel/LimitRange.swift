/// What can be asked for of each limit.
///
/// A value outside its range is refused wherever it comes from; none of them means "unlimited". The least values are
/// those below which no program could start, the greatest those beyond which a number is more likely a slip.
public enum LimitRange {
    /// ``Limits/wallTime``: 1 millisecond to 24 hours.
    public static let wallTime: ClosedRange<Duration> = .milliseconds(1)...(.seconds(86_400))
    /// ``Limits/cpuTime``: 1 millisecond to 24 hours.
    public static let cpuTime: ClosedRange<Duration> = .milliseconds(1)...(.seconds(86_400))
    /// ``Limits/cpuShare``: 1 % of one CPU to 1024 CPUs.
    public static let cpuShare = CPUShare(thousandths: 10)...CPUShare(thousandths: 1_024_000)
    /// ``Limits/memory``: 1 MB to 1 TiB.
    public static let memory: ClosedRange<ByteCount> = .megabytes(1)...(.mebibytes(1 << 20))
    /// ``Limits/processes``: 1 to 32768, the kernel's usual `pid_max`; see proc_sys_kernel(5).
    public static let processes = 1...32_768
    /// ``Limits/output``: 1 byte to 1 GiB.
    public static let output: ClosedRange<ByteCount> = .bytes(1)...(.mebibytes(1 << 10))
    /// ``Limits/disk``: one page of 4096 bytes to 1 TiB.
    public static let disk: ClosedRange<ByteCount> = .bytes(4_096)...(.mebibytes(1 << 20))
    /// ``Limits/fileSize``: 1 byte to 1 TiB.
    public static let fileSize: ClosedRange<ByteCount> = .bytes(1)...(.mebibytes(1 << 20))
    /// ``Limits/openFiles``: 8 to 1048576.
    public static let openFiles = 8...1_048_576
    /// ``Limits/stack``: 64 KiB to 1 GiB.
    public static let stack: ClosedRange<ByteCount> = .bytes(64 << 10)...(.mebibytes(1 << 10))
}

extension Limits {
    /// Refuses limits of which any lies outside what can be asked for.
    ///
    /// - Throws: ``QuantityError`` naming the first such limit.
    public func validate() throws(QuantityError) {
        try check("wall_time", wallTime, within: LimitRange.wallTime)
        try check("cpu_time", cpuTime, within: LimitRange.cpuTime)
        if let cpuShare {
            let range = LimitRange.cpuShare
            // Written so that NaN, which compares with nothing, is refused.
            guard cpuShare >= range.lowerBound.processors, cpuShare <= range.upperBound.processors else {
                throw QuantityError(message: outside("cpu_share", "\(cpuShare * 100)%", range))
            }
        }
        try check("memory", memory, within: LimitRange.memory)
        try check("processes", processes, within: LimitRange.processes)
        try check("output", output, within: LimitRange.output)
        try check("disk", disk, within: LimitRange.disk)
        try check("file_size", fileSize, within: LimitRange.fileSize)
        try check("open_files", openFiles, within: LimitRange.openFiles)
        try check("stack", stack, within: LimitRange.stack)
    }

    private func check<Value: Written>(
        _ name: String,
        _ value: Value,
        within range: ClosedRange<Value>,
    ) throws(QuantityError) {
        guard range.contains(value) else {
            throw QuantityError(message: outside(name, value.written, range))
        }
    }

    private func outside<Value: Written>(
        _ name: String,
        _ written: String,
        _ range: ClosedRange<Value>,
    ) -> String {
        "\(name) \(written) is outside \(range.lowerBound.written) to \(range.upperBound.written)"
    }
}
