package import SandboxModel

/// The limits that a caller names; those it does not are the defaults.
package struct LimitRequest: Sendable, Hashable {
    package var wallTime: Duration?
    package var cpuTime: Duration?
    package var cpuShare: Double?
    package var memory: ByteCount?
    package var processes: Int?
    package var output: ByteCount?
    package var outputOverflow: OutputOverflow?
    package var disk: ByteCount?
    package var fileSize: ByteCount?
    package var openFiles: Int?
    package var stack: ByteCount?

    /// A request that names nothing.
    package init() {}

    /// A request that names every limit.
    package init(_ limits: Limits) {
        wallTime = limits.wallTime
        cpuTime = limits.cpuTime
        cpuShare = limits.cpuShare
        memory = limits.memory
        processes = limits.processes
        output = limits.output
        outputOverflow = limits.outputOverflow
        disk = limits.disk
        fileSize = limits.fileSize
        openFiles = limits.openFiles
        stack = limits.stack
    }

    /// The limits that apply, and which of those named were lowered.
    ///
    /// A processor time that nobody named follows a longer wall time, as it does for the command.
    ///
    /// - Parameters:
    ///   - defaults: What is taken where nothing is named; lowered to the ceilings without a word.
    ///   - ceilings: The most that is given.
    ///   - stage: Whose limits they are.
    /// - Returns: The limits, and what of those named was lowered.
    /// - Throws: ``QuantityError`` for a value that nobody could be given, such as zero.
    package func applied(
        to defaults: Limits,
        ceilings: Limits,
        stage: Stage = .run,
    ) throws(QuantityError) -> (limits: Limits, capped: [CappedLimit]) {
        let asked = Limits(
            wallTime: wallTime ?? defaults.wallTime,
            cpuTime: cpuTime ?? max(defaults.cpuTime, wallTime ?? defaults.wallTime),
            cpuShare: cpuShare ?? defaults.cpuShare,
            memory: memory ?? defaults.memory,
            processes: processes ?? defaults.processes,
            output: output ?? defaults.output,
            outputOverflow: outputOverflow ?? defaults.outputOverflow,
            disk: disk ?? defaults.disk,
            fileSize: fileSize ?? defaults.fileSize,
            openFiles: openFiles ?? defaults.openFiles,
            stack: stack ?? defaults.stack,
        )
        try asked.validate()
        var cap = LimitCap(ceilings: ceilings, stage: stage, limits: asked)
        cap.lower("wall_time", \.wallTime, named: wallTime != nil) { $0.inSeconds }
        cap.lower("cpu_time", \.cpuTime, named: cpuTime != nil) { $0.inSeconds }
        cap.lower("memory", \.memory, named: memory != nil) { Double($0.bytes) }
        cap.lower("processes", \.processes, named: processes != nil) { Double($0) }
        cap.lower("output", \.output, named: output != nil) { Double($0.bytes) }
        cap.lower("disk", \.disk, named: disk != nil) { Double($0.bytes) }
        cap.lower("file_size", \.fileSize, named: fileSize != nil) { Double($0.bytes) }
        cap.lower("open_files", \.openFiles, named: openFiles != nil) { Double($0) }
        cap.lower("stack", \.stack, named: stack != nil) { Double($0.bytes) }
        return (cap.limits, cap.capped)
    }
}

/// Limits on their way below some ceilings.
private struct LimitCap {
    let ceilings: Limits
    let stage: Stage
    var limits: Limits
    var capped: [CappedLimit] = []

    mutating func lower<Value: Comparable>(
        _ name: String,
        _ place: WritableKeyPath<Limits, Value>,
        named: Bool,
        _ number: (Value) -> Double,
    ) {
        let (asked, ceiling) = (limits[keyPath: place], ceilings[keyPath: place])
        guard asked > ceiling else { return }
        limits[keyPath: place] = ceiling
        guard named else { return }
        capped.append(
            CappedLimit(limit: name, requested: number(asked), applied: number(ceiling), stage: stage)
        )
    }
}
