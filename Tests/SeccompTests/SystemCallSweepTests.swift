import Foundation
import Languages
import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
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
        let result = try await Probe.run(
            Program(language: "c", code: Self.sweep, arguments: [entry.rawValue]),
            limits: Self.limits,
        )
        let filter = FilterProgram(try StandardFilter().program(recording: true))
        let reachable = try compare(result, entry, with: filter)
        #expect(entry == .x86_64 ? reachable > 250 : reachable == 0)
        #expect(!result.violations.isEmpty || entry == .i386)
        print("seccomp: \(entry.rawValue): called inside, \(reachable) of 1001 are reachable")
    }

    /// The same program in a language of each family, in a sandbox of its own.
    @Test(arguments: FamilyFilterTests.narrowed)
    func `a family's filter lets less through, and records what it refuses`(
        family: LanguageDefinition.Family
    ) async throws {
        let definitions = FileManager.default.temporaryDirectory.appending(path: "families-\(UUID())")
        defer { try? FileManager.default.removeItem(at: definitions) }
        try FileManager.default.createDirectory(at: definitions, withIntermediateDirectories: true)
        let original = try String(
            contentsOfFile: LanguageCatalog.builtInDirectory + "/c.yaml",
            encoding: .utf8,
        )
        let changed = original.replacing("family: native", with: "family: \(family.rawValue)")
        #expect(changed != original)
        try changed.write(to: definitions.appending(path: "c.yaml"), atomically: true, encoding: .utf8)
        let catalog = LanguageCatalog(
            directories: [definitions.path] + LanguageCatalog.standardDirectories()
        )
        let result = try await Probe.pass {
            try await withSandbox(.init(languages: catalog, compileCache: .off, readyCells: 0)) { sandbox in
                try await sandbox.execute(
                    Program(language: "c", code: Self.sweep, arguments: [Entry.x86_64.rawValue]),
                    limits: Self.limits,
                )
            }
        }
        let filters = FilterSet(try StandardFilter())
        let own = FilterProgram(try filters.filter(of: family, recording: true))
        let reachable = try compare(result, .x86_64, with: own)
        let leftOut = FamilyCalls.leftOut(for: family).flatMap(\.calls)
        let whole = FilterProgram(try filters.filter(of: .native, recording: true))
        #expect(reachable == (try Self.reachable(through: own)))
        #expect(reachable < (try Self.reachable(through: whole)))
        let recorded = Set(result.violations.map(\.name))
        for call in leftOut {
            let name = SystemCallName.resolve(number: call, architecture: SeccompFilterTests.x86)
            #expect(recorded.contains(name), "\(name) is not among \(recorded.sorted())")
        }
        print("seccomp: \(family.rawValue): called inside, \(reachable) of 1001 are reachable")
    }

    private static let limits = Limits(wallTime: .seconds(60), processes: 64)

    /// How many calls reach the kernel with all bits of their arguments set.
    static func reachable(through filter: FilterProgram) throws -> Int {
        try (UInt32(0)...1_000).count {
            try filter.action(
                $0,
                Entry.x86_64.arguments,
                architecture: Entry.x86_64.architecture,
            ) == SeccompFilterTests.allow
        }
    }

    /// Holds what came back inside against what `filter` decides; how many calls were reachable.
    private func compare(
        _ result: ExecutionResult,
        _ entry: Entry,
        with filter: FilterProgram,
    ) throws -> Int {
        #expect(result.verdict == .ok, "\(result.stderr.text ?? "")")
        let answers = (result.stdout.text ?? "").split(separator: "\n").map { $0.split(separator: " ") }
        try #require(answers.count == 1_001)
        var reachable = 0
        for (number, answer) in answers.enumerated() {
            try #require(answer.count == 2 && answer[0] == "\(number)")
            let action = try filter.action(
                UInt32(number) | entry.bit,
                entry.arguments,
                architecture: entry.architecture,
            )
            let said = answer[1]
            switch action {
            case SeccompFilterTests.allow: reachable += 1
            case SeccompFilterTests.notify:
                // What a newer libc may try is answered as by a kernel that does not know it.
                let expected = UInt32(number) | entry.bit >= Self.firstUnknownNumber ? "-38" : "-1"
                // Where the kernel has no such entry, the processor says so before the filter is asked.
                #expect(said == expected || entry == .i386 && said == "fault", "\(entry) \(number): \(said)")
            default:
                #expect(action >> 16 == 0x5, "\(entry) \(number): \(action)")
                let error = action & 0xffff
                #expect(said == (error == 0 ? "0" : "-\(error)"), "\(entry) \(number)")
            }
        }
        return reachable
    }
}
