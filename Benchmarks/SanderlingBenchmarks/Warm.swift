import Benchmark
import Sanderling

/// Row 2: from request to result through one sandbox that has been used before, all evidence collected.
func registerWarm() {
    let subjects: [(name: String, program: Program, bare: [String])] = [
        ("Python", .python("print(10 + 20)"), ["/usr/bin/python3", Setting.path("sum.py")]),
        ("JavaScript", .javascript("console.log(10 + 20)"), ["/usr/bin/node", Setting.path("sum.js")]),
        ("Bash", .bash("echo $((10 + 20))"), ["/bin/bash", Setting.path("sum.sh")]),
        ("native", .native("sum"), [Setting.path("sum")]),
    ]
    for subject in subjects {
        Benchmark(
            "2 warm \(subject.name)",
            configuration: .alternating(
                ["sanderling", "bare"],
                warmUp: 20,
                iterations: Setting.count(500),
                atMost: .seconds(Setting.count(12)),
            ),
        ) { benchmark, sandbox in
            benchmark.record(
                "sanderling",
                try await timed {
                    let result = try await successful(subject.program, in: sandbox)
                    guard result.stdout.text == "30\n" else {
                        throw BenchmarkFailure("\(subject.name): wrong output")
                    }
                },
            )
            benchmark.record(
                "bare",
                try await timed {
                    let output = try BareProcess.run(subject.bare)
                    guard output == Array("30\n".utf8) else {
                        throw BenchmarkFailure("\(subject.name): wrong output")
                    }
                },
            )
        } setup: {
            try await Sandbox()
        }
    }
}
