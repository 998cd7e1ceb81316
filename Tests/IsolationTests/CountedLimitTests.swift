import SandboxModel
import SandboxProbe
import Testing

/// Processes, output, disk, file size, open files and stack.
@Suite struct CountedLimitTests {
    // MARK: Processes

    @Test func `a fork bomb is stopped`() async throws {
        let result = try await Probe.run(
            .bash(":(){ :|:& };:; while :; do :; done"),
            limits: Limits(wallTime: .seconds(2), processes: 32),
        )
        #expect([.processLimitExceeded, .wallTimeExceeded].contains(result.verdict), result.shown)
        #expect(result.limitsHit.contains { $0.limit == .processes }, result.shown)
        #expect(result.usage.processes <= 32, result.shown)
        #expect(result.usage.processes >= 16, result.shown)
    }

    private static let threads = """
        import threading, time, sys
        made = 0
        try:
            for _ in range(100):
                threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
                made += 1
        except RuntimeError: pass
        print(made)
        """

    @Test func `threads count, and one refused and handled leaves the program ok`() async throws {
        let result = try await Probe.python(
            Self.threads + "\nimport os; sys.stdout.flush(); os._exit(0)",
            limits: Limits(processes: 10),
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "9\n")
        #expect(result.limitsHit.map(\.limit) == [.processes])
        #expect(result.limitsHit.first?.evidence.source == "pids.events max")
        #expect(result.limitsHit.first?.evidence.attestedBy == .kernel)
    }

    @Test func `a process refused to a program that then fails is why it failed`() async throws {
        let result = try await Probe.python(
            """
            import os, time
            while True:
                if os.fork() == 0: time.sleep(1000)
            """,
            limits: Limits(processes: 10),
        )
        #expect(result.verdict == .processLimitExceeded, result.shown)
        #expect(result.exitCode == 1)
        #expect(result.evidence?.source == "pids.events max")
    }

    // MARK: Output

    @Test(arguments: ["stdout", "stderr"])
    func `a stream beyond its ceiling kills, and loses nothing before it`(stream: String) async throws {
        let result = try await Probe.python(
            """
            import sys
            number = 0
            while True:
                sys.\(stream).write(f"{number:07}\\n")
                number += 1
            """,
            limits: Limits(output: .bytes(80_000)),
        )
        let output = stream == "stdout" ? result.stdout : result.stderr
        #expect(result.verdict == .outputLimitExceeded, result.shown)
        #expect(result.evidence?.value.hasPrefix(stream) == true)
        let expected = (0..<10_000).map { number in
            String(repeating: "0", count: 7 - String(number).count) + String(number) + "\n"
        }
        #expect(output.text == expected.joined())
        #expect(output.truncated)
        #expect(output.total > 80_000)
    }

    @Test func `a program that ends at once after too much output has gone beyond its limit too`()
        async throws
    {
        for _ in 0..<20 {
            let result = try await Probe.run(
                .bash("head -c 60000 /dev/zero; exit 0"),
                limits: Limits(output: .bytes(50_000)),
            )
            #expect(result.verdict == .outputLimitExceeded, result.shown)
            #expect(result.stdout.bytes.count == 50_000)
        }
    }

    @Test func `each stream has a ceiling of its own`() async throws {
        let result = try await Probe.python(
            "import sys\nsys.stdout.write('o' * 900)\nsys.stderr.write('e' * 1000)",
            limits: Limits(output: .bytes(1_000)),
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.usage.output.bytes == 1_900)
    }

    @Test func `a truncated stream keeps its head and its tail, and the program runs on`() async throws {
        let result = try await Probe.python(
            "for number in range(100000): print(f'{number:06}')",
            limits: Limits(output: .bytes(1_400), outputOverflow: .truncate),
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.stdout.truncated)
        #expect(result.stdout.total == 700_000)
        #expect(result.output.hasPrefix("000000\n000001\n"))
        #expect(result.output.hasSuffix("099998\n099999\n"))
        #expect(result.output.contains("[… 698600 bytes left out …]"))
        #expect(result.usage.output.bytes == 700_000)
    }

    // MARK: Disk

    private static let scratch = Policy(filesystem: .scratch)

    @Test func `a disk bomb gets ENOSPC at the limit`() async throws {
        let result = try await Probe.python(
            """
            import sys
            written = 0
            try:
                with open("/tmp/big", "wb", buffering=0) as file:
                    while True: written += file.write(bytes(65536))
            except OSError as error:
                print(error.errno, written)
                sys.exit(1)
            """,
            policy: Self.scratch,
            limits: Limits(disk: .bytes(8 << 20)),
        )
        #expect(result.verdict == .diskLimitExceeded, result.shown)
        #expect(result.evidence?.source == "statfs")
        #expect(result.output.hasPrefix("28 "))
        #expect(result.usage.disk.bytes <= 8 << 20)
        #expect(result.usage.disk.bytes > 7 << 20)
    }

    @Test func `the disk limit holds for all writable places together`() async throws {
        let result = try await Probe.python(
            """
            import sys
            try:
                for place in ["/work", "/tmp", "/dev/shm"]:
                    with open(place + "/part", "wb") as file: file.write(bytes(3 << 20))
            except OSError: sys.exit(1)
            """,
            policy: Self.scratch,
            limits: Limits(disk: .bytes(8 << 20)),
        )
        #expect(result.exitCode == 1, result.shown)
    }

    @Test func `very many small files are stopped too`() async throws {
        let result = try await Probe.python(
            """
            import os, sys
            made = 0
            try:
                while True:
                    os.close(os.open(f"/work/{made}", os.O_CREAT | os.O_WRONLY))
                    made += 1
            except OSError as error:
                print(error.errno, made)
                sys.exit(1)
            """,
            policy: Self.scratch,
            limits: Limits(disk: .bytes(8 << 20)),
        )
        #expect(result.verdict == .diskLimitExceeded, result.shown)
        #expect(result.output.hasPrefix("28 "))
    }

    @Test func `a deleted file that is still open counts`() async throws {
        let result = try await Probe.python(
            """
            import os, sys, time
            file = open("/work/gone", "wb", buffering=0)
            os.unlink("/work/gone")
            try:
                while True: file.write(bytes(65536))
            except OSError as error: print(error.errno, flush=True)
            if os.fork() == 0: time.sleep(1000)
            os._exit(1)
            """,
            policy: Self.scratch,
            limits: Limits(disk: .bytes(8 << 20)),
        )
        #expect(result.output == "28\n", result.shown)
        #expect(result.verdict == .diskLimitExceeded, result.shown)
    }

    // MARK: File size

    private static let fileBomb = """
        import sys
        with open(sys.argv[1] + "/big", "wb", buffering=0) as file:
            while True: file.write(bytes(65536))
        """

    @Test(arguments: ["/work", "/tmp", "/dev/shm"])
    func `a file that may not grow any more fails the program that lets it`(place: String) async throws {
        let result = try await Probe.python(
            Self.fileBomb,
            arguments: [place],
            policy: Self.scratch,
            limits: Limits(fileSize: .bytes(1 << 20)),
        )
        #expect(result.verdict == .fileSizeExceeded, result.shown)
        #expect(result.usage.disk.bytes >= 1 << 20)
    }

    @Test func `the signal for a file that may not grow is read with its file`() async throws {
        let result = try await Probe.run(
            .bash("head -c 2000000 /dev/zero > /work/big"),
            policy: Self.scratch,
            limits: Limits(fileSize: .bytes(1 << 20)),
        )
        #expect(result.verdict == .fileSizeExceeded, result.shown)
    }

    // MARK: Descriptors and stack

    @Test func `no process holds more descriptors than allowed`() async throws {
        let result = try await Probe.python(
            """
            import os
            held = [0, 1, 2]
            try:
                while True: held.append(os.dup(0))
            except OSError as error: print(error.errno, max(held))
            """,
            limits: Limits(openFiles: 32),
        )
        #expect(result.output == "24 31\n", result.shown)
    }

    @Test func `the stack ends where the limit says`() async throws {
        let source = """
            #include <stdio.h>
            #include <sys/resource.h>
            int deep(int n) { volatile char block[65536]; block[n % 65536] = 1; return n ? deep(n - 1) + block[0] : 0; }
            int main(void) {
                struct rlimit limit;
                getrlimit(RLIMIT_STACK, &limit);
                printf("%lu %lu\\n", limit.rlim_cur, limit.rlim_max);
                fflush(stdout);
                return deep(100) > 1000;
            }
            """
        let small = try await Probe.run(.c(source), limits: Limits(stack: .bytes(1 << 20)))
        #expect(small.output == "1048576 1048576\n", small.shown)
        #expect(small.termination == .signaled(11), small.shown)
        let large = try await Probe.run(.c(source), limits: Limits(stack: .bytes(64 << 20)))
        #expect(large.verdict == .ok, large.shown)
    }

    @Test func `no ceiling can be raised from inside`() async throws {
        let result = try await Probe.python(
            """
            import resource
            for name in ["RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_STACK", "RLIMIT_CORE"]:
                number = getattr(resource, name)
                soft, hard = resource.getrlimit(number)
                try:
                    resource.setrlimit(number, (soft, hard + 1))
                except ValueError: pass
                if resource.getrlimit(number) != (soft, hard): print("raised", name)
            """
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output.isEmpty, result.shown)
    }
}
