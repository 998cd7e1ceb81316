import Foundation
import Languages
import SandboxModel
import Sanderling
import Testing

/// What is made ahead changes how long compiling takes and nothing else.
@Suite(.serialized) struct WarmTests {
    /// Compiles with what was made ahead and without; both must leave and say the same.
    private func compare(_ programs: [Program], in language: String) async throws {
        let (cold, warm) = (try await CacheProbe(), try await CacheProbe())
        let items = try await warm.sandbox.warm([language])
        #expect(!items.isEmpty && items.allSatisfy(\.isWarm), "\(items)")
        for program in programs {
            var program = program
            program.collect = ["**"]
            let limits = Limits(wallTime: .seconds(60), memory: .megabytes(512))
            let first = try await cold.sandbox.execute(program, stdin: .bytes([65, 10]), limits: limits)
            let second = try await warm.sandbox.execute(program, stdin: .bytes([65, 10]), limits: limits)
            let isAlike =
                second.withoutMeasurements(contents: true) == first.withoutMeasurements(contents: true)
            #expect(isAlike, first.shown)
            #expect(isAlike, second.shown)
        }
    }

    private static let sources = [
        "#include <iostream>\nint main() { std::cout << 1; }",
        "// comment\n/* and another */ #  include <vector>\n#include <iostream>\nint main() { std::cout << std::vector<int>(3).size(); }",
        "#define NDEBUG\n#include <iostream>\n#include <cassert>\nint main() { assert(false); std::cout << 2; }",
        "#include <iostream>\n#include <iostream>\n#include <vector>\nint main() { std::cout << std::vector{1}.size(); }",
        "#include <vector>\nint main() { return std::vector{1, 2}.size(); }",
        "#include <vector>\n#include <queue>\n#include <regex>\nint main() { std::priority_queue<int> q; return q.size(); }",
        "#include <vector>\n#include \"own.h\"\nint main() { return size(); }",
        // What the header does not bring must not be there.
        "#include <vector>\nint main() { std::cout << 1; }",
        "#include <iostream>\nint main() { std::cout << undeclared; }",
        "#include <iostream>\nint main() { std::cout << std::cin << main; std::string s = 5; }",
        "#include <iostream>\n#warning here\nint main() { std::cout << __INCLUDE_LEVEL__ << __LINE__ << __FILE__ << __COUNTER__; }",
        "#include <cstdio>\n#include <iostream>\nint main() { std::puts(\"x\"); }",
        "#pragma GCC optimize(\"O3\")\n#include <iostream>\nint main() { std::cout << 1; }",
    ]

    @Test func `C++ programs with a precompiled header are the same, and so are their mistakes`() async throws
    {
        var programs = Self.sources.map { Program(language: "cpp", code: $0) }
        programs[6].files = [
            ProgramFile(
                path: "own.h",
                contents: Array(
                    "#include <vector>\ninline int size() { return std::vector{1}.size(); }".utf8
                ),
            )
        ]
        programs[0].files = [
            ProgramFile(path: "iostream", contents: Array("#error not this one".utf8)),
            ProgramFile(
                path: "other.cpp",
                contents: Array("#include <iostream>\nint other() { return 1; }".utf8),
            ),
        ]
        try await compare(programs, in: "cpp")
    }

    @Test func `Java programs compiled with a class archive are the same, and so are their mistakes`()
        async throws
    {
        let hello = try LanguageCatalog().definition(named: "java").hello.source
        try await compare(
            [
                Program(language: "java", code: hello),
                Program(language: "java", code: "class A { int x = \"\"; }"),
            ],
            in: "java",
        )
    }

    @Test func `Go programs compiled with a build cache are the same, and so are their mistakes`()
        async throws
    {
        let hello = try LanguageCatalog().definition(named: "go").hello.source
        try await compare(
            [
                Program(language: "go", code: hello),
                Program(language: "go", code: "package main\nfunc main() { x }"),
            ],
            in: "go",
        )
    }

    @Test func `what was made ahead is used`() async throws {
        let probe = try await CacheProbe()
        let program = Program(language: "cpp", code: "#include <iostream>\nint main() { std::cout << 1; }")
        let cold = try await probe.sandbox.execute(program)
        try await probe.sandbox.warm(["cpp"])
        var other = program
        other.source += Array("\n".utf8)
        let warm = try await probe.sandbox.execute(other)
        let times = (cold.compile?.usage.cpuTime ?? .zero, warm.compile?.usage.cpuTime ?? .zero)
        #expect(warm.compile?.cached == false)
        #expect(times.0 > times.1, "\(times)")
    }

    @Test func `it is made once, and a header that does not exist is not`() async throws {
        let probe = try await CacheProbe()
        let first = try await probe.sandbox.warm(["c++"])
        let made = probe.temporary.names(in: "cache/warm")
        let second = try await probe.sandbox.warm(["cpp"])
        #expect(first == second)
        #expect(probe.temporary.names(in: "cache/warm") == made)
        #expect(first.map(\.header) == ["iostream", "vector"])
        #expect(probe.temporary.names(in: "cache/incoming").isEmpty)
    }

    @Test func `without a cache nothing is made`() async throws {
        let probe = try await CacheProbe(isEnabled: false)
        #expect(try await probe.sandbox.warm(["java"]).map(\.isWarm) == [false])
    }

    @Test func `a program sees the same whether it is there or not`() async throws {
        let probe = try await CacheProbe()
        try await probe.sandbox.warm(["script"])
        let look = CacheProbe.script("", run: "find /sanderling; cat /sanderling/warm/made 2>/dev/null")
        for policy in [Policy(), Policy(filesystem: .scratch)] {
            for cached in [false, true] {
                let result = try await probe.sandbox.execute(look, policy: policy)
                #expect(result.compile?.cached == cached)
                #expect(result.stdout.text == "/sanderling\n/sanderling/warm\n", result.shown)
            }
        }
    }

    @Test func `code that runs in a compiler cannot change it`() async throws {
        let probe = try await CacheProbe()
        try await probe.sandbox.warm(["script"])
        let place = "/sanderling/warm"
        let attack = """
            (cat \(place)/made
            echo poisoned > \(place)/made; echo poisoned >> \(place)/made; rm -f \(place)/made
            : > \(place)/new; chmod 777 \(place) \(place)/made; mv \(place) /tmp/away; ln -sf /work \(place)/link
            mount -o remount,rw \(place); touch \(place)/made; truncate -s 0 \(place)/made
            ls \(place)) 2>/dev/null; true
            """
        for round in 0..<2 {
            let result = try await probe.sandbox.execute(
                CacheProbe.script("# \(round)\n\(attack)", run: "true")
            )
            #expect(result.compile?.stdout.text == "made\nmade\n", result.shown)
            #expect(result.compile?.cached == false)
        }
    }
}
