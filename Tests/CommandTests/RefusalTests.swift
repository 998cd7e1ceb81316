import Reporting
import RunClient
import SandboxModel
import Sanderling
import Testing

@testable import SanderlingCLI

/// The object of a program that was not run.
@Suite struct RefusalTests {
    @Test func `a refusal is a result that can be read again, with the reason and the mend`() throws {
        let refused = ExecutionResult(
            refusal: SandboxError(.languageNotInstalled, "no lua", mend: "apt-get install lua5.4"),
            language: "lua",
            policy: Policy(network: .loopback, isolation: .landlock),
            limits: Limits(memory: .megabytes(7)),
        )
        let read = try ResultJSON.decode(ResultJSON.encode(refused))
        #expect(read == refused)
        #expect(read.verdict == .internalError)
        #expect(read.verdict.status == .setupError)
        #expect(!read.success)
        #expect(read.errorMessage == "no lua; apt-get install lua5.4")
        #expect(read.evidence?.value == "language_not_installed")
        #expect(read.usage == Usage())
        #expect(read.limits.memory == .megabytes(7))
        #expect(read.isolation.network == .loopback)
        #expect(read.isolation.enforcement == .notRun)
        #expect(read.isolation.kind == .landlock)
        // One that ran behind nothing at all is no such record.
        #expect(Isolation(layers: [], missing: [.seccomp]).enforcement == .partial)
        #expect(RunConclusion(read).exitCode == ExitStatus.failed)
    }
}
