import SandboxModel
import Sanderling
import Testing

@Suite struct SampleHashTests {
    static let base = BatchSample(
        index: 0,
        description: "d",
        program: Program(
            language: "python",
            source: Array("print(1)".utf8),
            files: [ProgramFile(path: "a", contents: [1]), ProgramFile(path: "b", contents: [2])],
            arguments: ["x", "y"],
            environment: ["K": "v", "L": "w"],
        ),
        policy: Policy(modules: ModulePolicy(denied: ["os", "sys"])),
        expectation: Expectation(stdout: [49]),
    )

    /// A change that may alter what comes of a sample.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let apply: @Sendable (inout BatchSample) -> Void

        init(_ name: String, _ apply: @escaping @Sendable (inout BatchSample) -> Void) {
            testDescription = name
            self.apply = apply
        }
    }

    static let changes = [
        Change("language") { $0.program.language = "ruby" },
        Change("source") { $0.program.source.append(10) },
        Change("source name") { $0.program.sourceName = "other.py" },
        Change("file contents") { $0.program.files[0].contents = [3] },
        Change("file path") { $0.program.files[0].path = "c" },
        Change("file mode") { $0.program.files[0].executable = true },
        Change("one file less") { $0.program.files.removeLast() },
        Change("arguments") { $0.program.arguments = ["xy"] },
        Change("argument boundaries") { $0.program.arguments = ["xy", ""] },
        Change("environment") { $0.program.environment["K"] = "other" },
        Change("environment names") { $0.program.environment = ["Kv": "", "L": "w"] },
        Change("collect") { $0.program.collect = ["*"] },
        Change("standard input") { $0.standardInput = [0] },
        Change("network") { $0.policy.network = .loopback },
        Change("file system") { $0.policy.filesystem = .scratch },
        Change("mount") { $0.policy.mounts = [Mount(source: "/a", destination: "/b")] },
        Change("writable mount") {
            $0.policy.mounts = [Mount(source: "/a", destination: "/b", writable: true)]
        },
        Change("denied modules") { $0.policy.modules.denied = ["os"] },
        Change("allowed modules") { $0.policy.modules.allowed = ["os"] },
        Change("no allowed module") { $0.policy.modules.allowed = [] },
        Change("allowed to be missing") { $0.policy.allowMissing = [.seccomp] },
        Change("wall time") { $0.limits.wallTime = .milliseconds(1) },
        Change("processor time") { $0.limits.cpuTime = .milliseconds(1) },
        Change("processor share") { $0.limits.cpuShare = 0.5 },
        Change("memory") { $0.limits.memory = .megabytes(1) },
        Change("processes") { $0.limits.processes = 1 },
        Change("output") { $0.limits.output = .bytes(1) },
        Change("output overflow") { $0.limits.outputOverflow = .truncate },
        Change("disk") { $0.limits.disk = .megabytes(1) },
        Change("file size") { $0.limits.fileSize = .megabytes(1) },
        Change("open files") { $0.limits.openFiles = 8 },
        Change("stack") { $0.limits.stack = .megabytes(1) },
        Change("expected verdict") { $0.expectation.verdicts = [.ok] },
        Change("no expected verdict") { $0.expectation.verdicts = [] },
        Change("expected exit code") { $0.expectation.exitCode = 0 },
        Change("expected output") { $0.expectation.stdout = nil },
        Change("empty expected output") { $0.expectation.stdout = [] },
        Change("audit") { $0.audit = true },
    ]

    @Test(arguments: changes) func `whatever may alter the outcome alters the hash`(change: Change) {
        var changed = Self.base
        change.apply(&changed)
        #expect(changed.contentHash != Self.base.contentHash)
    }

    @Test func `no two of the changes share a hash`() {
        let hashes = Self.changes.map { change in
            var changed = Self.base
            change.apply(&changed)
            return changed.contentHash
        }
        #expect(Set(hashes).count == Self.changes.count)
    }

    @Test func `what does not matter leaves the hash alone`() {
        var same = Self.base
        same.index = 7
        same.description = "other"
        same.position = BatchPosition(line: 3, column: 4)
        same.program.files.reverse()
        same.policy.modules.denied.reverse()
        #expect(same.contentHash == Self.base.contentHash)
    }

    @Test func `the hash is a SHA-256 in hexadecimal`() {
        #expect(Self.base.contentHash.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    }
}
