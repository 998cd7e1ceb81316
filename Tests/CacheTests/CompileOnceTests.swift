import Foundation
import SandboxModel
import Sanderling
import Testing

/// An identical program is not compiled twice; another one is.
@Suite struct CompileOnceTests {
    @Test func `of many identical ones at once, one is compiled`() async throws {
        let probe = try await CacheProbe()
        let program = CacheProbe.script("head -c 8 /dev/urandom | od -An -tx1 > id", run: "cat id")
        let results = try await withThrowingTaskGroup(of: ExecutionResult.self) { group in
            for _ in 0..<8 { group.addTask { try await probe.sandbox.execute(program) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.filter { $0.compile?.cached == false }.count == 1)
        #expect(Set(results.map(\.stdout.text)).count == 1)
        #expect(results.allSatisfy { $0.verdict == .ok })
        #expect(probe.entries.count == 1)
    }

    @Test func `those that waited for one that does not compile still run`() async throws {
        let probe = try await CacheProbe()
        let results = try await withThrowingTaskGroup(of: ExecutionResult.self) { group in
            for _ in 0..<6 { group.addTask { try await probe.sandbox.execute(.c("int main(void) { x }")) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.allSatisfy { $0.verdict == .compileFailed && $0.compile?.cached == false })
    }

    @Test func `one that waits can be cancelled`() async throws {
        let probe = try await CacheProbe()
        let slow = CacheProbe.script("sleep 50", run: "true")
        let first = Task { try await probe.sandbox.execute(slow) }
        // The first is surely compiling when it has a stage to tell of.
        let second = Task { try await probe.sandbox.execute(slow) }
        second.cancel()
        let cancelled = try await second.value
        #expect(cancelled.verdict == .cancelled)
        first.cancel()
        #expect(try await first.value.verdict == .cancelled)
        #expect(probe.entries.isEmpty)
    }

    @Test func `arguments, input, limits and environment of the run change nothing`() async throws {
        let probe = try await CacheProbe()
        var program = Program(
            language: "c",
            code: """
                #include <stdio.h>
                #include <stdlib.h>
                int main(int count, char **words) { printf("%d %s\\n", count, getenv("WORD")); return 0; }
                """,
        )
        program.environment = ["WORD": "a"]
        #expect(try await probe.sandbox.execute(program).stdout.text == "1 a\n")
        program.arguments = ["x"]
        program.environment = ["WORD": "b"]
        let second = try await probe.sandbox.execute(
            program,
            stdin: .bytes([65]),
            limits: Limits(memory: .megabytes(50)),
        )
        #expect(second.stdout.text == "2 b\n")
        #expect(second.compile?.cached == true)
    }

    @Test func `another sandbox finds it`() async throws {
        let first = try await CacheProbe()
        let second = try await CacheProbe(directory: first.temporary.path + "/cache")
        let program = Program.c("int main(void) { return 9; }")
        #expect(try await first.sandbox.execute(program).compile?.cached == false)
        let result = try await second.sandbox.execute(program)
        #expect(result.compile?.cached == true)
        #expect(result.exitCode == 9)
    }

    @Test func `the compiler's warnings are told again`() async throws {
        let probe = try await CacheProbe()
        for _ in 0..<2 {
            let result = try await probe.sandbox.execute(
                .c("#warning look here\nint main(void) { return 0; }")
            )
            #expect(result.compile?.stderr.text?.contains("look here") == true)
        }
    }

    @Test func `a directory that cannot be trusted is no error`() async throws {
        let probe = try await CacheProbe(directory: "/proc/nothing")
        for _ in 0..<2 {
            let result = try await probe.sandbox.execute(.c("int main(void) { return 0; }"))
            #expect(result.verdict == .ok)
            #expect(result.compile?.cached == false)
        }
    }
}
