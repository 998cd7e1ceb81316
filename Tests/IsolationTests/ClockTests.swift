import SandboxModel
import SandboxProbe
import Testing

/// The wall clock, the processor-time clock and the share of processors.
@Suite struct ClockTests {
    private static let short = Limits(wallTime: .milliseconds(400))

    static let waiting: [(name: String, code: String)] = [
        ("sleeps", "import time; time.sleep(1000)"),
        ("stops itself", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"),
        (
            "ignores every signal",
            """
            import signal, time
            for number in range(1, 65):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
            time.sleep(1000)
            """,
        ),
        ("waits for input that never comes", "import os; r, w = os.pipe(); os.read(r, 1)"),
        (
            "waits for a child that never ends",
            "import os, time\nif os.fork() == 0: time.sleep(1000)\nos.wait()",
        ),
        (
            "has closed its streams",
            "import os, time\nprint('before', flush=True)\nos.closerange(0, 256)\ntime.sleep(1000)",
        ),
    ]

    @Test(arguments: waiting.indices)
    func `a program that only waits is killed when the wall clock runs out`(index: Int) async throws {
        let (name, code) = Self.waiting[index]
        let result = try await Probe.python(code, limits: Self.short)
        #expect(result.verdict == .wallTimeExceeded, "\(name): \(result.shown)")
        #expect(result.evidence?.source == "kill")
        #expect(result.evidence?.attestedBy == .sanderling)
        #expect(result.limitsHit.map(\.limit) == [.wallTime])
        #expect(result.termination == .signaled(9))
        #expect(result.usage.wallTime >= .milliseconds(400))
        #expect(result.usage.wallTime < .seconds(60), "not a hang")
    }

    @Test func `a grandchild that holds the output open does not outlive the program`() async throws {
        let result = try await Probe.python(
            """
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    print("daemon", flush=True)
                    time.sleep(1000)
                os._exit(0)
            os.wait()
            print("main")
            """
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output.contains("main"))
        #expect(result.usage.wallTime < .seconds(10), "the daemon was waited for")
    }

    @Test func `what was printed before the wall clock struck is kept`() async throws {
        let result = try await Probe.python(
            "import sys, time\nprint('out', flush=True)\nprint('err', file=sys.stderr, flush=True)\ntime.sleep(1000)",
            limits: Self.short,
        )
        #expect(result.verdict == .wallTimeExceeded, result.shown)
        #expect(result.output == "out\n")
        #expect(result.stderr.text == "err\n")
    }

    @Test func `the processor time of four busy children together is what counts`() async throws {
        let result = try await Probe.python(
            """
            import os
            for _ in range(4):
                if os.fork() == 0:
                    while True: pass
            print("started", flush=True)
            while True: os.wait()
            """,
            limits: Limits(wallTime: .seconds(60), cpuTime: .milliseconds(500)),
        )
        #expect(result.verdict == .cpuTimeExceeded, result.shown)
        #expect(result.output == "started\n")
        #expect(result.usage.cpuTime >= .milliseconds(500))
        #expect(result.usage.cpuTime < .seconds(5))
        #expect(result.limitsHit.map(\.limit) == [.cpuTime])
    }

    @Test func `the time of children that have ended still counts`() async throws {
        let result = try await Probe.python(
            """
            import os, time
            while True:
                if os.fork() == 0:
                    end = time.process_time() + 0.02
                    while time.process_time() < end: pass
                    os._exit(0)
                os.wait()
            """,
            limits: Limits(wallTime: .seconds(60), cpuTime: .milliseconds(300)),
        )
        #expect(result.verdict == .cpuTimeExceeded, result.shown)
    }

    @Test func `half a processor is what a program with that share gets`() async throws {
        let result = try await Probe.python(
            """
            import os, time
            start = time.monotonic()
            pids = []
            for _ in range(2):
                pid = os.fork()
                if pid == 0:
                    while time.monotonic() < start + 1.5: pass
                    os._exit(0)
                pids.append(pid)
            for pid in pids: os.waitpid(pid, 0)
            """,
            limits: Limits(wallTime: .seconds(30), cpuShare: 0.5),
        )
        #expect(result.verdict == .ok, result.shown)
        let share = result.usage.cpuTime / result.usage.wallTime
        #expect(share < 0.65, "two busy processes got \(share) of a processor")
        #expect(share > 0.01, "two busy processes got only \(share) of a processor")
    }

    @Test func `without a share a program is not held back`() async throws {
        let result = try await Probe.python(
            "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.usage.cpuTime >= .milliseconds(300))
    }
}
