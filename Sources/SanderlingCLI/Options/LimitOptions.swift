public import ArgumentParser
import Glibc
public import SandboxModel

/// Ceilings of the run stage.
///
/// Values are taken whatever they look like, so that `--time -5s` is told to be negative rather than missing.
struct LimitOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Real time the program may take: 500ms, 5s, 2m. (default: 10s)",
            valueName: "time",
        ),
        transform: { try Duration(quantity: $0, within: LimitRange.wallTime) },
    )
    var time: Duration?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Processor time of all its processes together. (default: 10s, or --time where that is longer)",
            valueName: "time",
        ),
        transform: { try Duration(quantity: $0, within: LimitRange.cpuTime) },
    )
    var cpuTime: Duration?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Memory of all its processes together: 100MB, 1GiB. (default: 256MB)",
            valueName: "size",
        ),
        transform: { try ByteCount(quantity: $0, within: LimitRange.memory) },
    )
    var memory: ByteCount?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Processor time at once: a number counts processors, 1.5 is one and a half; with '%' it is a share of \
            one, 50% is half of one. (default: no share is set)
            """,
            valueName: "share",
        ),
        transform: { try CPUShare(option: $0, processors: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) },
    )
    var cpus: CPUShare?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Processes and threads alive at once. (default: 64)", valueName: "count"),
        transform: { try Int(quantity: $0, within: LimitRange.processes) },
    )
    var processes: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Bytes of each output stream. (default: 1MB)", valueName: "size"),
        transform: { try ByteCount(quantity: $0, within: LimitRange.output) },
    )
    var outputLimit: ByteCount?

    @Option(
        help: ArgumentHelp(
            "What happens beyond --output-limit: the program is killed, or the rest is dropped. (default: kill)"
        )
    )
    var outputOverflow: OutputOverflow?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Bytes in all files it writes together. (default: 64MB)", valueName: "size"),
        transform: { try ByteCount(quantity: $0, within: LimitRange.disk) },
    )
    var disk: ByteCount?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Bytes in one file. (default: 64MB)", valueName: "size"),
        transform: { try ByteCount(quantity: $0, within: LimitRange.fileSize) },
    )
    var fileSize: ByteCount?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Descriptors a process may hold. (default: 256)", valueName: "count"),
        transform: { try Int(quantity: $0, within: LimitRange.openFiles) },
    )
    var openFiles: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Main thread's stack. (default: 8MiB)", valueName: "size"),
        transform: { try ByteCount(quantity: $0, within: LimitRange.stack) },
    )
    var stack: ByteCount?

    /// The defaults, with what was given in their place.
    ///
    /// A processor time that nobody set follows a longer wall time, so that `--time 60s` alone gives 60 seconds.
    var limits: Limits {
        let defaults = Limits()
        let wallTime = time ?? defaults.wallTime
        return Limits(
            wallTime: wallTime,
            cpuTime: cpuTime ?? max(defaults.cpuTime, wallTime),
            cpuShare: cpus?.processors,
            memory: memory ?? defaults.memory,
            processes: processes ?? defaults.processes,
            output: outputLimit ?? defaults.output,
            outputOverflow: outputOverflow ?? defaults.outputOverflow,
            disk: disk ?? defaults.disk,
            fileSize: fileSize ?? defaults.fileSize,
            openFiles: openFiles ?? defaults.openFiles,
            stack: stack ?? defaults.stack,
        )
    }
}

extension CPUShare {
    /// Reads a share; more processors than the host has are more likely a share whose '%' was left out.
    ///
    /// A batch's `max_cpu: 50` is 50 %, after all.
    init(option text: String, processors: Int) throws {
        try self.init(quantity: text)
        guard self.processors > Double(processors), !text.contains("%") else { return }
        throw Mistake(
            "\(text.quoted) means \(text) processors, and this host has \(processors); "
                + "for \(text) per cent of one write --cpus \(text)%"
        )
    }
}

extension OutputOverflow: ExpressibleByArgument {}
