import Benchmark
import Sanderling

/// Row 2: from request to result through one sandbox that has been used before, all evidence collected.
func registerWarm() {
    let programs: [(name: String, program: Program)] = [
        ("Python", .python("print(10 + 20)")),
        ("JavaScript", .javascript("console.log(10 + 20)")),
        ("Bash", .bash("echo $((10 + 20))")),
        ("native", .native("sum")),
    ]
    for (name, program) in programs {
        let others = Setting.commands(of: "2 \(name)").sorted { $0.key < $1.key }
        let parts = Setting.commands(of: "2 \(name), parts").sorted { $0.key < $1.key }
        Benchmark(
            "2 warm \(name)",
            configuration: .alternating(
                ["sanderling"] + (others + parts).map(\.key),
                warmUp: 20,
                iterations: Setting.count(500),
                atMost: .seconds(max(8, Setting.count(20))),
            ),
        ) { benchmark, made in
            let (sandbox, servants) = made
            let time = try await timed {
                let result = try await successful(program, in: sandbox)
                guard result.stdout.text == "30\n" else { throw BenchmarkFailure("\(name): wrong output") }
            }
            benchmark.record("sanderling", time)
            // The field's tools are slow, and need fewer samples.
            for (subject, command) in others
            where subject == "bare" || benchmark.currentIteration.isMultiple(of: 10) {
                let time = try await timed {
                    let output = try BareProcess.run(command)
                    guard output == Array("30\n".utf8) else {
                        throw BenchmarkFailure("\(name), \(subject): wrong output")
                    }
                }
                benchmark.record(subject, time)
            }
            for (part, servant) in servants {
                let time = try await timed {
                    guard try servant.run() == Array("30\n".utf8) else {
                        throw BenchmarkFailure("\(name), \(part): wrong output")
                    }
                }
                benchmark.record(part, time)
                // It makes the next one ready, which is not to fall into anybody's time.
                try await Task.sleep(for: .milliseconds(2))
            }
        } setup: {
            (try await Sandbox(), try parts.map { ($0.key, try Servant($0.value)) })
        }
    }
}
