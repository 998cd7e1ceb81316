import Reporting
import SandboxModel
import Testing

@Suite struct ReadableTests {
    @Test(arguments: [
        (Duration.zero, "0 ms"), (.nanoseconds(1), "1 µs"), (.microseconds(840), "840 µs"),
        (.microseconds(1_240), "1.2 ms"), (.milliseconds(12), "12 ms"), (.microseconds(999_499), "999 ms"),
        (.microseconds(999_500), "1 s"), (.milliseconds(1_240), "1.2 s"),
        (.milliseconds(59_960), "1 min 0 s"),
        (.seconds(125), "2 min 5 s"), (.seconds(11_220), "3 h 7 min"), (.milliseconds(-12), "-12 ms"),
    ])
    func `durations read as people say them`(duration: Duration, text: String) {
        #expect(duration.readable == text)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (34_500_000, "34.5 MB"), (999_960_000, "1 GB"),
        (Int.max, "9.2 EB"),
    ])
    func `sizes read in units of the SI`(bytes: Int, text: String) {
        #expect(ByteCount.bytes(bytes).readable == text)
    }

    @Test func `signals have the names of the manual`() {
        #expect(
            [1, 9, 11, 15, 25, 31].map(signalName) == [
                "SIGHUP", "SIGKILL", "SIGSEGV", "SIGTERM", "SIGXFSZ", "SIGSYS",
            ]
        )
        #expect(
            [34, 64, 0, 32, 99].map(signalName) == [
                "SIGRTMIN", "SIGRTMIN+30", "signal 0", "signal 32", "signal 99",
            ]
        )
    }
}
