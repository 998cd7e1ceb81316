import SandboxModel
import SandboxProbe
import Testing

@testable import Sanderling

/// Every number from 0 to 1,000 through every ABI, called by a program inside, against what the profile says.
@Suite struct SystemCallSweepTests {
    /// The ways that a processor of this architecture has to enter the kernel, as the filter sees them.
    enum Entry: String, CaseIterable, Sendable {
        case x86_64, x32, i386

        var architecture: UInt32 { self == .i386 ? 0x4000_0003 : SeccompFilterTests.x86 }
        /// `__X32_SYSCALL_BIT`.
        var bit: UInt32 { self == .x32 ? 0x4000_0000 : 0 }
        /// All bits of every register that arguments are in.
        var arguments: [UInt64] { Array(repeating: self == .i386 ? 0xffff_ffff : .max, count: 6) }
    }

    /// The first number that Linux 6.12 does not know.
    private static let firstUnknownNumber: UInt32 = 467

    /// Calls each number in a process of its own, with all bits of its arguments set, and writes what comes back: so that a
    /// call that reaches the kernel fails there for a descriptor, an address or a number that makes no sense.
    private static let sweep = """
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <sys/wait.h>
        #include <unistd.h>

        static long enter(const char *how, long number) {
            if (!strcmp(how, "i386")) {
                unsigned result;
                __asm__ volatile("push %%rbp; mov $-1, %%ebp; int $0x80; pop %%rbp"
                    : "=a"(result)
                    : "a"((unsigned)number), "b"(-1), "c"(-1), "d"(-1), "S"(-1), "D"(-1)
                    : "memory", "r8", "r9", "r10", "r11");
                return (int)result;
            }
            // Before the registers are set, which a call would use.
            long entered = number | (strcmp(how, "x32") ? 0 : 0x40000000);
            register long r10 __asm__("r10") = -1;
            register long r8 __asm__("r8") = -1;
            register long r9 __asm__("r9") = -1;
            long result;
            __asm__ volatile("syscall"
                : "=a"(result)
                : "a"(entered), "D"(-1L), "S"(-1L), "d"(-1L), "r"(r10), "r"(r8), "r"(r9)
                : "memory", "rcx", "r11");
            return result;
        }

        int main(int count, char **arguments) {
            long *result = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            for (long number = 0; number <= 1000; number++) {
                *result = 1000000;
                pid_t child = fork();
                if (child < 0) return 1;
                if (child == 0) {
                    pid_t self = getpid();
                    alarm(1);
                    long answer = enter(arguments[1], number);
                    if (getpid() == self) *result = answer;
                    _exit(0);
                }
                int status;
                waitpid(child, &status, 0);
                // What did not come back ended or held its process: it was reached, or there is no such way in.
                if (*result == 1000000) printf("%ld %s\\n", number, WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV ? "fault" : "reached");
                else printf("%ld %ld\\n", number, *result);
            }
        }
        """

    @Test(arguments: Entry.allCases)
    func `each call has the answer that the profile gives`(_ entry: Entry) async throws {
        let filter = FilterProgram(try StandardFilter().program(recording: true))
        let result = try await Probe.run(
            Program(language: "c", code: Self.sweep, arguments: [entry.rawValue]),
            limits: Limits(wallTime: .seconds(60), processes: 64),
        )
        #expect(result.verdict == .ok, "\(result.stderr.text ?? "")")
        let answers = (result.stdout.text ?? "").split(separator: "\n").map { $0.split(separator: " ") }
        try #require(answers.count == 1_001)
        var counts = (reachable: 0, refused: 0)
        for (number, answer) in answers.enumerated() {
            try #require(answer.count == 2 && answer[0] == "\(number)")
            let action = try filter.action(
                UInt32(number) | entry.bit,
                entry.arguments,
                architecture: entry.architecture,
            )
            let said = answer[1]
            switch action {
            case SeccompFilterTests.allow: counts.reachable += 1
            case SeccompFilterTests.notify:
                counts.refused += 1
                // What a newer libc may try is answered as by a kernel that does not know it.
                let expected = UInt32(number) | entry.bit >= Self.firstUnknownNumber ? "-38" : "-1"
                // Where the kernel has no such entry, the processor says so before the filter is asked.
                #expect(said == expected || entry == .i386 && said == "fault", "\(entry) \(number): \(said)")
            default:
                counts.refused += 1
                #expect(action >> 16 == 0x5, "\(entry) \(number): \(action)")
                let error = action & 0xffff
                #expect(said == (error == 0 ? "0" : "-\(error)"), "\(entry) \(number)")
            }
        }
        #expect(entry == .x86_64 ? counts.reachable > 250 : counts.reachable == 0)
        #expect(!result.violations.isEmpty || entry == .i386)
        print(
            "seccomp: \(entry.rawValue): called inside, \(counts.reachable) of 1001 are reachable, \(counts.refused) refused"
        )
    }
}
