import SandboxModel

/// The limits that a level of the file sets, on top of those of the level above.
struct LimitSettings {
    var limits = Limits()
    /// Whether a level has set the processor time.
    var setsCPUTime = false

    /// The limits in force.
    ///
    /// A processor time that nobody set follows a longer wall time, so that `timeout: 60` alone gives 60 seconds.
    var resolved: Limits {
        var resolved = limits
        if !setsCPUTime { resolved.cpuTime = max(limits.cpuTime, limits.wallTime) }
        return resolved
    }
}

extension BatchReader {
    /// Reads the limits of one level; `timeout` is the key of the wall time there.
    mutating func limits(_ fields: Fields, timeout: String, over base: LimitSettings) -> LimitSettings {
        var settings = base
        time(fields[timeout], LimitRange.wallTime) { settings.limits.wallTime = $0 }
        time(fields["cpu_time"], LimitRange.cpuTime) {
            settings.limits.cpuTime = $0
            settings.setsCPUTime = true
        }
        let share = quantity(fields["max_cpu"]) { text throws(QuantityError) in
            try CPUShare(quantity: text, bare: .percent)
        }
        if let share { settings.limits.cpuShare = share.processors }
        size(fields["max_memory"], LimitRange.memory) { settings.limits.memory = $0 }
        size(fields["max_output"], LimitRange.output) { settings.limits.output = $0 }
        size(fields["max_disk"], LimitRange.disk) { settings.limits.disk = $0 }
        size(fields["max_file_size"], LimitRange.fileSize) { settings.limits.fileSize = $0 }
        size(fields["max_stack"], LimitRange.stack) { settings.limits.stack = $0 }
        count(fields["max_processes"], LimitRange.processes) { settings.limits.processes = $0 }
        count(fields["max_open_files"], LimitRange.openFiles) { settings.limits.openFiles = $0 }
        if let entry = fields["output_overflow"],
            let overflow = word(
                entry,
                entry.value,
                among: OutputOverflow.allCases,
                called: "an answer to output beyond its limit",
            )
        {
            settings.limits.outputOverflow = overflow
        }
        return settings
    }

    private mutating func time(
        _ entry: Fields.Entry?,
        _ range: ClosedRange<Duration>,
        _ assign: (Duration) -> Void,
    ) {
        let value = quantity(entry) { text throws(QuantityError) in
            try Duration(quantity: text, within: range)
        }
        if let value { assign(value) }
    }

    private mutating func size(
        _ entry: Fields.Entry?,
        _ range: ClosedRange<ByteCount>,
        _ assign: (ByteCount) -> Void,
    ) {
        let value = quantity(entry) { text throws(QuantityError) in
            try ByteCount(quantity: text, bare: .megabytes, within: range)
        }
        if let value { assign(value) }
    }

    private mutating func count(_ entry: Fields.Entry?, _ range: ClosedRange<Int>, _ assign: (Int) -> Void) {
        let value = quantity(entry) { text throws(QuantityError) in try Int(quantity: text, within: range) }
        if let value { assign(value) }
    }
}
