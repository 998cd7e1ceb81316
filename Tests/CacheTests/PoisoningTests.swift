import Foundation
import SandboxModel
import Sanderling
import Testing

/// What a program can write never becomes another's binary.
@Suite struct PoisoningTests {
    private let probe: CacheProbe

    init() async throws { probe = try await CacheProbe() }

    @Test func `a program that writes over itself when it runs is what it was the next time`() async throws {
        let program = CacheProbe.script(
            "",
            run: """
                echo from the compiler
                echo 'echo poisoned' > program; echo x > new; echo x > /tmp/new
                """,
        )
        for cached in [false, true, true] {
            let result = try await probe.sandbox.execute(program, policy: Policy(filesystem: .scratch))
            #expect(result.stdout.text == "from the compiler\n", result.shown)
            #expect(result.compile?.cached == cached)
        }
    }

    @Test func `a process that the compiler leaves behind writes nothing into the entry`() async throws {
        let program = CacheProbe.script(
            """
            (exec >/dev/null 2>&1; while :; do echo 'echo poisoned' > late; mv late program; done) &
            setsid bash -c 'exec >/dev/null 2>&1; sleep 0.05; echo echo poisoned > program' &
            rm -f program; echo 'echo honest' > program.new; disown -a
            """,
            run: "",
        )
        // Whatever stood there when the stage ended is what runs, the first time as later.
        let first = try await probe.sandbox.execute(program)
        let second = try await probe.sandbox.execute(program)
        if second.compile?.cached == true { #expect(first.stdout == second.stdout) }
    }

    @Test func `the compile stage does not see the cache, nor does the program`() async throws {
        _ = try await probe.sandbox.execute(.c("int main(void) { return 0; }"))
        let entry = try #require(probe.entries.first)
        let path = probe.temporary.path + "/cache/compiled/" + entry
        try #require(FileManager.default.fileExists(atPath: path))
        let look =
            "ls -d \(path) \(probe.temporary.path) /var/cache/sanderling 2>/dev/null; find / -name \(entry) 2>/dev/null"
        let result = try await probe.sandbox.execute(
            CacheProbe.script(look, run: look),
            policy: Policy(filesystem: .scratch),
        )
        #expect(result.compile?.stdout.text?.isEmpty == true, result.shown)
        #expect(result.stdout.text?.isEmpty == true, result.shown)
    }

    @Test func `code that runs in the Java compiler changes its own program only`() async throws {
        let source = """
            public class Main { public static void main(String[] words) { System.out.println("honest"); } }
            """
        let processor = """
            import java.util.Set;
            import javax.annotation.processing.*;
            import javax.lang.model.element.TypeElement;
            @SupportedAnnotationTypes("*")
            public class Evil extends AbstractProcessor {
                public boolean process(Set<? extends TypeElement> a, RoundEnvironment b) {
                    try { java.nio.file.Files.writeString(java.nio.file.Path.of("Helper.txt"), "poisoned"); }
                    catch (Exception e) { throw new RuntimeException(e); }
                    return false;
                }
            }
            """
        // A first compilation brings the class of the processor out, which the second one's compiler then runs.
        var build = Program(language: "java", code: processor)
        build.sourceName = "Evil.java"
        build.collect = ["Evil.class"]
        let built = try await probe.sandbox.execute(build)
        let evil = try #require(built.files.first, built.shown)
        var attack = Program(language: "java", code: source)
        attack.files = [
            ProgramFile(path: "Evil.class", contents: evil.contents),
            ProgramFile(
                path: "META-INF/services/javax.annotation.processing.Processor",
                contents: Array("Evil\n".utf8),
            ),
        ]
        attack.collect = ["*.txt"]
        var victim = Program(language: "java", code: source)
        victim.collect = ["**"]
        let attacked = try await probe.sandbox.execute(attack)
        #expect(attacked.files.map(\.path) == ["Helper.txt"], attacked.shown)
        for _ in 0..<2 {
            let result = try await probe.sandbox.execute(victim)
            #expect(result.stdout.text == "honest\n", result.shown)
            #expect(result.files.map(\.path) == ["Main.class", "Main.java"])
        }
    }

    @Test func `a source that includes another file has that file in its address`() async throws {
        var results: [String?] = []
        for value in ["1", "2", "1"] {
            var program = Program.c(
                "#include \"value.h\"\n#include <stdio.h>\nint main(void) { printf(\"%d\", VALUE); }"
            )
            program.files = [ProgramFile(path: "value.h", contents: Array("#define VALUE \(value)\n".utf8))]
            results.append(try await probe.sandbox.execute(program).stdout.text)
        }
        #expect(results == ["1", "2", "1"])
    }

    @Test func `a symbolic link to a file of another's is not followed into an entry`() async throws {
        let program = CacheProbe.script(
            "ln -s /etc/passwd stolen; ln -s /proc/1/environ env",
            run: "echo ran",
        )
        for _ in 0..<2 {
            let result = try await probe.sandbox.execute(program)
            #expect(result.stdout.text == "ran\n", result.shown)
            #expect(result.compile?.cached == false)
        }
        #expect(probe.entries.isEmpty)
    }
}
