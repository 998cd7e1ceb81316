import Benchmark
import Glibc
import Sanderling

/// Row 9: the same program through the library and over HTTP, on one connection to a service of this machine.
///
/// Both have been used before, and keep cells and interpreters ready each for themselves. They take turns of some executions, one
/// after another, and then of single ones after a pause, as those of a caller who comes now and then: a processor that sleeps
/// wakes up first, once for each thread that a request goes through.
func registerOverHTTP() {
    let programs: [(name: String, program: Program, body: String)] = [
        ("Python", .python("print(10 + 20)"), #"{"language": "python", "code": "print(10 + 20)"}"#),
        ("native", .native("sum"), #"{"language": "bench-sum", "code": "-"}"#),
    ]
    for (name, program, body) in programs {
        Benchmark(
            "9 over HTTP \(name)",
            configuration: .alternating(
                OverHTTP.subjects + OverHTTP.subjects.map { $0 + " after a pause" },
                warmUp: 0,
                iterations: 1,
                atMost: .seconds(60),
            ),
        ) { benchmark, sandbox in
            guard let command = Setting.commands(of: "9 \(name)")["service"] else {
                throw BenchmarkFailure("no command for the service")
            }
            let port = try HTTPConnection.freePort()
            try await BareProcess.beside(1, of: command + ["--port", "\(port)"], endedBy: SIGTERM) {
                let connection = try await HTTPConnection(port: port, patience: .seconds(30))
                let ways = OverHTTP(program: program, sandbox: sandbox, connection: connection, body: body)
                for _ in 0..<20 { for subject in OverHTTP.subjects { _ = try await ways.time(of: subject) } }
                for _ in 0..<Setting.count(16) {
                    for subject in OverHTTP.subjects {
                        // What was made ready while others had their turn would flatter the first.
                        for execution in -20..<20 {
                            let time = try await ways.time(of: subject)
                            if execution >= 0 { benchmark.record(subject, time) }
                        }
                    }
                }
                for _ in 0..<Setting.count(60) {
                    for subject in OverHTTP.subjects {
                        try await Task.sleep(for: .milliseconds(20))
                        benchmark.record(subject + " after a pause", try await ways.time(of: subject))
                    }
                }
            }
        } setup: {
            try await Sandbox()
        }
    }
}

/// The ways to have a program run that are compared.
private struct OverHTTP {
    static let subjects = ["library", "over HTTP", "nothing over HTTP"]

    let program: Program
    let sandbox: Sandbox
    let connection: HTTPConnection
    private let execution: [UInt8]
    private let nothing: [UInt8]

    init(program: Program, sandbox: Sandbox, connection: HTTPConnection, body: String) {
        self.program = program
        self.sandbox = sandbox
        self.connection = connection
        execution = connection.request("POST /v1/executions?wait=true", body: body)
        nothing = connection.request("GET /v1/version")
    }

    /// How long one of them takes, from the request to the whole answer, which is looked at after that.
    func time(of subject: String) async throws -> Duration {
        switch subject {
        case "library":
            var result: ExecutionResult?
            let time = try await timed { result = try await successful(program, in: sandbox) }
            guard result?.stdout.text == "30\n" else { throw BenchmarkFailure("wrong output") }
            return time
        case "over HTTP":
            let (time, answer) = try answered(execution)
            guard answer.hasPrefix("HTTP/1.1 201 "), answer.contains(#"30\n"#) else {
                throw BenchmarkFailure("the service answered \(answer)")
            }
            return time
        default: return try answered(nothing).time
        }
    }

    private func answered(_ request: [UInt8]) throws -> (time: Duration, answer: String) {
        var answer: [UInt8] = []
        let time = try ContinuousClock().measure { answer = try connection.answer(to: request) }
        return (time, String(decoding: answer, as: UTF8.self))
    }
}
