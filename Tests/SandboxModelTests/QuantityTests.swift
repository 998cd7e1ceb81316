import SandboxModel
import Testing

@Suite struct QuantityTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("5", .seconds(5)), ("5s", .seconds(5)),
        (" 5 s ", .seconds(5)),
        ("1.5", .milliseconds(1_500)), ("2m", .seconds(120)), ("1h30m", .seconds(5_400)),
        ("1h 30m", .seconds(5_400)),
        (".25", .milliseconds(250)), ("1.5h", .seconds(5_400)), ("10 Seconds", .seconds(10)),
        ("1500us", .microseconds(1_500)), ("24h", .seconds(86_400)), ("0.001", .milliseconds(1)),
    ])
    func `times are read as people write them`(text: String, expected: Duration) throws {
        #expect(try Duration(quantity: text, within: LimitRange.wallTime) == expected)
    }

    @Test(arguments: [
        ("0", "'0' is zero, which does not mean 'no limit'; the least that can be asked for is 1ms"),
        ("0s", "'0s' is zero, which does not mean 'no limit'; the least that can be asked for is 1ms"),
        ("-5", "'-5' is negative; write a time like 500ms, 10s, 2m or 1h30m"),
        ("-0", "'-0' is negative; write a time like 500ms, 10s, 2m or 1h30m"),
        ("nan", "'nan' is not a time: every limit is a number; write 500ms, 10s, 2m or 1h30m"),
        (".inf", "'.inf' is not a time: every limit is a number; write 500ms, 10s, 2m or 1h30m"),
        ("Infinity", "'Infinity' is not a time: every limit is a number; write 500ms, 10s, 2m or 1h30m"),
        ("unlimited", "'unlimited' is not a time: every limit is a number; write 500ms, 10s, 2m or 1h30m"),
        ("", "'' is empty; write 500ms, 10s, 2m or 1h30m"),
        ("   ", "'   ' is empty; write 500ms, 10s, 2m or 1h30m"),
        ("ten", "'ten' is not a time; write it like 500ms, 10s, 2m or 1h30m"),
        ("+5", "'+5' is not a time; write it like 500ms, 10s, 2m or 1h30m"),
        (
            "5 parsecs",
            "'5 parsecs' has the unknown unit 'parsecs'; write a time like 500ms, 10s, 2m or 1h30m",
        ),
        ("1m30", "'1m30' ends without a unit; write a time like 500ms, 10s, 2m or 1h30m"),
        ("1e3", "'1e3' has the unknown unit 'e'; write a time like 500ms, 10s, 2m or 1h30m"),
        ("25h", "'25h' is too large; the most that can be asked for is 24h"),
        ("0.5ms", "'0.5ms' is too small; the least that can be asked for is 1ms"),
        ("999999999999999h", "'999999999999999h' is too large; the most that can be asked for is 24h"),
        ("99999999999999999999", "'99999999999999999999' has too many digits for a time"),
        ("0.00000000000000000000001", "'0.00000000000000000000001' has too many digits for a time"),
        ("1.2.3", "'1.2.3' ends without a unit; write a time like 500ms, 10s, 2m or 1h30m"),
        ("1h1h1h1h1h1h", "'1h1h1h1h1h1h' has too many digits for a time"),
        (
            "5\u{1B}[31m",
            "'5\\u{1B}[31m' has the unknown unit '\\u{1B}['; write a time like 500ms, 10s, 2m or 1h30m",
        ),
    ])
    func `a bad time is refused with what to write instead`(text: String, message: String) {
        let error = #expect(throws: QuantityError.self) {
            try Duration(quantity: text, within: LimitRange.wallTime)
        }
        #expect(error?.message == message)
    }

    @Test(arguments: [
        ("100M", 100_000_000), ("100MB", 100_000_000), ("100 mb", 100_000_000), ("1MiB", 1 << 20),
        ("1Mi", 1 << 20),
        ("1GiB", 1 << 30), ("1G", 1_000_000_000), ("1.5GB", 1_500_000_000), ("64k", 64_000),
        ("64KiB", 65_536),
        ("4096", 4_096), ("4096b", 4_096), ("1 TiB", 1 << 40), ("0.5KiB", 512),
    ])
    func `sizes are read as people write them`(text: String, bytes: Int) throws {
        let any = ByteCount.bytes(1)...(.bytes(.max))
        #expect(try ByteCount(quantity: text, within: any).bytes == bytes)
    }

    @Test(arguments: [
        (
            "0",
            "'0' is zero, which does not mean 'no limit'; the least that can be asked for is 1MB "
                + "(a number alone counts megabytes)",
        ),
        ("0MB", "'0MB' is zero, which does not mean 'no limit'; the least that can be asked for is 1MB"),
        ("-100", "'-100' is negative; write a size like 64k, 100MB or 1GiB"),
        (".NaN", "'.NaN' is not a size: every limit is a number; write 64k, 100MB or 1GiB"),
        (
            "100 bananas",
            "'100 bananas' has the unknown unit 'bananas'; write a size like 64k, 100MB or 1GiB",
        ),
        ("100k", "'100k' is too small; the least that can be asked for is 1MB"),
        ("2TiB", "'2TiB' is too large; the most that can be asked for is 1TiB"),
        (
            "100000000000",
            "'100000000000' is too large; the most that can be asked for is 1TiB "
                + "(a number alone counts megabytes)",
        ),
        ("999999999999999TiB", "'999999999999999TiB' is too large; the most that can be asked for is 1TiB"),
        ("1.0000005M", "'1.0000005M' is not a whole number of bytes"),
        ("1G500M", "'1G500M' is not a size; write it like 64k, 100MB or 1GiB"),
        ("1e9", "'1e9' is not a size; write it like 64k, 100MB or 1GiB"),
        ("0x10", "'0x10' is not a size; write it like 64k, 100MB or 1GiB"),
    ])
    func `a bad size is refused with what to write instead`(text: String, message: String) {
        let error = #expect(throws: QuantityError.self) {
            try ByteCount(quantity: text, bare: .megabytes, within: LimitRange.memory)
        }
        #expect(error?.message == message)
    }

    @Test func `a size without a unit counts what the caller says`() throws {
        let range = ByteCount.bytes(1)...(.megabytes(1_000))
        #expect(try ByteCount(quantity: "100", within: range) == .bytes(100))
        #expect(try ByteCount(quantity: "100", bare: .megabytes, within: range) == .megabytes(100))
        #expect(try ByteCount(quantity: "0.5", bare: .megabytes, within: range) == .bytes(500_000))
    }

    @Test(arguments: [
        ("50%", 0.5), ("0.5", 0.5), ("2", 2), ("200 %", 2), ("12.5%", 0.125), ("1%", 0.01),
    ])
    func `shares of processors are read as people write them`(text: String, share: Double) throws {
        #expect(try CPUShare(quantity: text).processors == share)
    }

    @Test func `a share without a unit is per cent where the caller says so`() throws {
        #expect(try CPUShare(quantity: "50", bare: .percent).processors == 0.5)
        #expect(try CPUShare(quantity: "50%", bare: .percent).processors == 0.5)
    }

    @Test(arguments: [
        (
            "0",
            "'0' is zero, which does not mean 'no limit'; the least that can be asked for is 1% "
                + "(a number alone is per cent of one CPU)",
        ),
        ("-50%", "'-50%' is negative; write a share of processors like 50 or 50%"),
        ("nan", "'nan' is not a share of processors: every limit is a number; write 50 or 50%"),
        (
            "0.5",
            "'0.5' is too small; the least that can be asked for is 1% (a number alone is per cent of one CPU)",
        ),
        ("200000%", "'200000%' is too large; the most that can be asked for is 102400%"),
        ("half", "'half' is not a share of processors; write it like 50 or 50%"),
        ("50 cpus", "'50 cpus' is not a share of processors; write it like 50 or 50%"),
        ("33.333%", "'33.333%' is finer than a thousandth of a CPU"),
    ])
    func `a bad share is refused with what to write instead`(text: String, message: String) {
        let error = #expect(throws: QuantityError.self) { try CPUShare(quantity: text, bare: .percent) }
        #expect(error?.message == message)
    }

    @Test(arguments: [
        ("0", "'0' is zero, which does not mean 'no limit'; the least that can be asked for is 1"),
        ("-1", "'-1' is negative; write a count like a whole number such as 1"),
        ("1.5", "'1.5' is not a whole number"),
        ("64k", "'64k' is not a whole number"),
        ("40000", "'40000' is too large; the most that can be asked for is 32768"),
    ])
    func `a bad count is refused`(text: String, message: String) {
        let error = #expect(throws: QuantityError.self) {
            try Int(quantity: text, within: LimitRange.processes)
        }
        #expect(error?.message == message)
    }
}
