import Foundation
import Metrics
import Sanderling

/// Runs Python programs cold, by an interpreter of their own, and warm, in a copy of one that had started before.
///
/// Reads a JSON object with `id` and `code` from each line of standard input, and writes one with `id`, `start` of `cold`
/// or `warm`, and what became of it for each run.
@main
enum StartBoth {
    private struct Request: Decodable {
        let id: String
        let code: String
    }

    private struct Record: Encodable {
        let id: String
        let start: String
        let verdict: String
        let stdout: String
        let stderr: String
    }

    private static let limits = Limits(
        wallTime: .seconds(600),
        cpuTime: .seconds(600),
        memory: .megabytes(2_000),
        processes: 512,
        output: .megabytes(16),
        disk: .megabytes(512),
    )

    static func main() async throws {
        let warmStarts = WarmStarts()
        MetricsSystem.bootstrap(warmStarts)
        let cold = try await Sandbox(configuration: .init(readyCells: 0))
        let warm = try await Sandbox()
        let decoder = JSONDecoder()
        while let line = readLine() {
            let request = try decoder.decode(Request.self, from: Data(line.utf8))
            try write(await run(request, in: cold), of: request, start: "cold")
            let result = try await runWarm(request, in: warm, counting: warmStarts)
            try write(result, of: request, start: "warm")
        }
        await cold.shutDown()
        await warm.shutDown()
    }

    private static func run(_ request: Request, in sandbox: Sandbox) async throws -> ExecutionResult {
        try await sandbox.execute(
            Program(language: "python", code: request.code),
            policy: Policy(network: .loopback, filesystem: .scratch),
            limits: limits,
        )
    }

    /// Runs `request` until it found an interpreter that had started; an empty program makes one get ready.
    private static func runWarm(
        _ request: Request,
        in sandbox: Sandbox,
        counting starts: WarmStarts,
    ) async throws -> ExecutionResult {
        while true {
            guard try await hasReadyCell(sandbox) else {
                _ = try await run(Request(id: "", code: ""), in: sandbox)
                continue
            }
            let before = starts.count
            let result = try await run(request, in: sandbox)
            if starts.count > before { return result }
        }
    }

    /// Waits up to two seconds for a cell to be ready.
    private static func hasReadyCell(_ sandbox: Sandbox) async throws -> Bool {
        for _ in 0..<200 {
            if sandbox.readyCells > 0 { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    private static func write(_ result: ExecutionResult, of request: Request, start: String) throws {
        let record = Record(
            id: request.id,
            start: start,
            verdict: result.verdict.rawValue,
            stdout: result.stdout.text ?? "",
            stderr: String((result.stderr.text ?? "").suffix(4_000)),
        )
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(record) + Data("\n".utf8))
    }
}
