import Foundation
import SandboxModel
import Sanderling
import Synchronization
import Testing

/// Runs probes in sandboxes that the tests of this process share, a few at a time.
enum Probe {
    private static let sandbox = Task { try await Sandbox() }
    /// More than there are processors, so that waiting programs do not hold up busy ones.
    private static let turnstile = Turnstile(places: 4)

    /// A sandbox for tests that look at the sandbox itself.
    static var shared: Sandbox { get async throws { try await sandbox.value } }

    /// Runs `program` in the shared sandbox.
    static func run(
        _ program: Program,
        stdin: StandardInput = .empty,
        policy: Policy = Policy(),
        limits: Limits = Limits(),
        compileLimits: Limits? = nil,
    ) async throws -> ExecutionResult {
        let sandbox = try await sandbox.value
        return try await turnstile.pass {
            try await sandbox.execute(
                program,
                stdin: stdin,
                policy: policy,
                limits: limits,
                compileLimits: compileLimits,
            )
        }
    }

    /// Runs Python source in the shared sandbox.
    static func python(
        _ code: String,
        arguments: [String] = [],
        stdin: StandardInput = .empty,
        policy: Policy = Policy(),
        limits: Limits = Limits(),
    ) async throws -> ExecutionResult {
        let program = Program(language: "python", code: code, arguments: arguments)
        return try await run(program, stdin: stdin, policy: policy, limits: limits)
    }

    /// Waits for a place among those that run at once.
    static func pass<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await turnstile.pass(body)
    }

    /// Runs the same Python source outside any sandbox, to show that a probe succeeds where nothing stops it.
    static func outside(_ code: String, _ arguments: [String] = []) throws -> (
        output: String, exitCode: Int32
    ) {
        let process = Foundation.Process()
        let output = Foundation.Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", code] + arguments
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
    }
}

/// Lets a few pass at a time.
private actor Turnstile {
    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { self.places = places }

    nonisolated func pass<Result>(_ body: () async throws -> Result) async throws -> Result {
        await enter()
        do {
            let result = try await body()
            await leave()
            return result
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async {
        guard places == 0 else { return places -= 1 }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty { places += 1 } else { waiting.removeFirst().resume() }
    }
}

extension ExecutionResult {
    /// What a failed expectation shows of it.
    var shown: Comment {
        """
        \(verdict) \(termination.map { "\($0)" } ?? "-") \(errorMessage ?? "") hit \(limitsHit.map(\.limit))
        usage: \(usage)
        stdout: \(stdout.text?.suffix(2_000) ?? "\(stdout.bytes.count) bytes")
        stderr: \(stderr.text?.suffix(2_000) ?? "\(stderr.bytes.count) bytes")
        compile: \(compile?.stderr.text?.suffix(2_000) ?? "-")
        """
    }

    /// What it wrote to standard output, as text.
    var output: String { stdout.text ?? "" }

    /// The lines of its standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
}
