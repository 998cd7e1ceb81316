import SandboxModel
import SandboxProbe
import Testing

/// What a result says was consumed, against what the program knows it consumed.
@Suite struct UsageTests {
    @Test func `the most processes at once are counted`() async throws {
        let result = try await Probe.python(
            """
            import os
            r, w = os.pipe()
            children = []
            for _ in range(5):
                pid = os.fork()
                if pid == 0:
                    os.close(w)
                    os.read(r, 1)
                    os._exit(0)
                children.append(pid)
            os.close(w)
            for pid in children: os.waitpid(pid, 0)
            """
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.usage.processes == 6, result.shown)
    }

    @Test func `processor time is what the program itself measures`() async throws {
        let result = try await Probe.python(
            """
            import os, resource, time
            for _ in range(2):
                if os.fork() == 0:
                    end = time.process_time() + 0.2
                    while time.process_time() < end: sum(range(20_000))
                    os._exit(0)
                os.wait()
            own, children = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
            print(own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime)
            """
        )
        let measured = try #require(Double(result.lines.first ?? ""), result.shown)
        let told = result.usage.cpuTime / .seconds(1)
        // Rusage counts from exec on and by ticks; the start of the interpreter's loader and its end come on top.
        #expect(told > measured * 0.9, result.shown)
        #expect(told < measured + 0.3, result.shown)
        #expect(result.usage.userTime + result.usage.systemTime == result.usage.cpuTime)
        #expect(result.usage.userTime > result.usage.systemTime, result.shown)
        #expect(result.usage.wallTime > .milliseconds(390), result.shown)
    }

    @Test func `the peak of memory is that of the program and not of Sanderling`() async throws {
        let result = try await Probe.python(
            "block = bytearray(50_000_000)\nfor i in range(0, len(block), 4096): block[i] = 1\ndel block"
        )
        #expect(result.usage.memory.bytes > 50_000_000, result.shown)
        #expect(result.usage.memory.bytes < 90_000_000, result.shown)
        let small = try await Probe.run(.bash(":"))
        #expect(small.usage.memory.bytes > 100_000, small.shown)
        #expect(small.usage.memory.bytes < 20_000_000, small.shown)
    }

    @Test func `bytes written are exact`() async throws {
        let result = try await Probe.python(
            """
            import os
            os.write(1, b"a" * 1234)
            os.write(2, b"b" * 56)
            with open("/work/file", "wb") as file: file.write(bytes(4096 * 10))
            """,
            policy: Policy(filesystem: .scratch),
        )
        #expect(result.usage.output.bytes == 1_290, result.shown)
        #expect(result.stdout.total == 1_234)
        // The source takes a page too.
        #expect(result.usage.disk.bytes == 4_096 * 11, result.shown)
    }

    @Test func `a program that writes nothing uses no disk`() async throws {
        let result = try await Probe.run(.bash(":"))
        #expect(result.usage.disk.bytes == 0)
        #expect(result.usage.output.bytes == 0)
        #expect(result.usage.processes == 1, result.shown)
    }

    @Test func `a program of three tenths of a second has a timeline`() async throws {
        let result = try await Probe.python(
            "import time\nend = time.monotonic() + 0.3\nwhile time.monotonic() < end: pass"
        )
        let samples = result.samples
        #expect(samples.count >= 3, result.shown)
        #expect(
            zip(samples, samples.dropFirst()).allSatisfy { $0.time < $1.time && $0.cpuTime <= $1.cpuTime }
        )
        #expect(samples.allSatisfy { $0.memory.bytes > 0 && $0.time <= result.usage.wallTime })
        #expect((samples.last?.cpuTime ?? .zero) > .zero)
    }
}
