import Foundation
package import SandboxModel
package import Sanderling

/// Runs probes in a sandbox that the tests of this process share, a few at a time.
package enum Probe {
    private static let sandbox = Task {
        // What a test says of compiling must not depend on the tests before it.
        try await Sandbox(configuration: .init(compileCache: .off))
    }
    /// More than there are processors, so that waiting programs do not hold up busy ones.
    private static let turnstile = Turnstile(places: 4)

    /// A sandbox for tests that look at the sandbox itself.
    package static var shared: Sandbox { get async throws { try await sandbox.value } }

    /// Runs `program` in the shared sandbox.
    package static func run(
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
    package static func python(
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
    package static func pass<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await turnstile.pass(body)
    }

    /// Runs the same Python source outside any sandbox, to show that a probe succeeds where nothing stops it.
    package static func outside(_ code: String, _ arguments: [String] = []) throws -> (
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
