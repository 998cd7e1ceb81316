import Benchmark
import Glibc
import Sanderling

/// Row 9: the same program through the library and over HTTP, on one connection to a service of this machine, in turns.
///
/// Both have been used before, and keep cells and interpreters ready each for themselves.
func registerOverHTTP() {
    let programs: [(name: String, program: Program, body: String)] = [
        ("Python", .python("print(10 + 20)"), #"{"language": "python", "code": "print(10 + 20)"}"#),
        ("native", .native("sum"), #"{"language": "bench-sum", "code": "-"}"#),
    ]
    for (name, program, body) in programs {
        Benchmark(
            "9 over HTTP \(name)",
            configuration: .alternating(
                ["library", "over HTTP", "version"],
                warmUp: 0,
                iterations: 1,
                atMost: .seconds(60),
            ),
        ) { benchmark, sandbox in
            guard let command = Setting.commands(of: "9 \(name)")["service"] else {
                throw BenchmarkFailure("no command for the service")
            }
            let port = try HTTPConnection.freePort()
            try await BareProcess.beside(1, of: command + ["--port", "\(port)"]) {
                let connection = try await HTTPConnection(port: port, patience: .seconds(30))
                let request = connection.request("POST /v1/executions?wait=true", body: body)
                let version = connection.request("GET /v1/version")
                for turn in -20..<Setting.count(500) {
                    let inside = try await timed {
                        let result = try await successful(program, in: sandbox)
                        guard result.stdout.text == "30\n" else {
                            throw BenchmarkFailure("\(name): wrong output")
                        }
                    }
                    let overHTTP = try timed {
                        let answer = try connection.answer(to: request)
                        guard answer.hasPrefix("HTTP/1.1 201 "), answer.contains(#"30\n"#) else {
                            throw BenchmarkFailure("\(name): \(answer)")
                        }
                    }
                    let empty = try timed { _ = try connection.answer(to: version) }
                    guard turn >= 0 else { continue }
                    benchmark.record("library", inside)
                    benchmark.record("over HTTP", overHTTP)
                    benchmark.record("version", empty)
                }
            }
        } setup: {
            try await Sandbox()
        }
    }
}

/// How long `body`, which waits without leaving its thread, takes.
private func timed(_ body: () throws -> Void) rethrows -> Duration {
    let start = ContinuousClock.now
    try body()
    return ContinuousClock.now - start
}
