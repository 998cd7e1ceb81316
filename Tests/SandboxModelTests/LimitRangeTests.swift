import SandboxModel
import Testing

@Suite struct LimitRangeTests {
    @Test(arguments: [Limits(), .compileDefaults])
    func `the defaults lie within what can be asked for`(limits: Limits) throws {
        try limits.validate()
    }

    @Test(arguments: [
        (Limits(wallTime: .zero), "wall_time 0ms is outside 1ms to 24h"),
        (Limits(wallTime: .seconds(-1)), "wall_time -1000ms is outside 1ms to 24h"),
        (Limits(cpuTime: .seconds(90_000)), "cpu_time 25h is outside 1ms to 24h"),
        (Limits(cpuShare: .nan), "cpu_share nan% is outside 1% to 102400%"),
        (Limits(cpuShare: .infinity), "cpu_share inf% is outside 1% to 102400%"),
        (Limits(cpuShare: 0), "cpu_share 0.0% is outside 1% to 102400%"),
        (Limits(cpuShare: -1), "cpu_share -100.0% is outside 1% to 102400%"),
        (Limits(memory: .bytes(0)), "memory 0 bytes is outside 1MB to 1TiB"),
        (Limits(memory: .bytes(.max)), "memory \(Int.max) bytes is outside 1MB to 1TiB"),
        (Limits(processes: 0), "processes 0 is outside 1 to 32768"),
        (Limits(processes: -1), "processes -1 is outside 1 to 32768"),
        (Limits(output: .bytes(0)), "output 0 bytes is outside 1 byte to 1GiB"),
        (Limits(disk: .bytes(1)), "disk 1 byte is outside 4KiB to 1TiB"),
        (Limits(fileSize: .bytes(0)), "file_size 0 bytes is outside 1 byte to 1TiB"),
        (Limits(openFiles: 3), "open_files 3 is outside 8 to 1048576"),
        (Limits(stack: .bytes(1_000)), "stack 1kB is outside 64KiB to 1GiB"),
    ])
    func `a limit outside its range is refused by name`(limits: Limits, message: String) {
        let error = #expect(throws: QuantityError.self) { try limits.validate() }
        #expect(error?.message == message)
    }
}
