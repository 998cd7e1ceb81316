import Foundation
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What makes two compilations the same.
@Suite struct CompileKeyTests {
    private let temporary = TemporaryDirectory()
    private let compiler: String

    init() throws {
        try FileManager.default.createDirectory(atPath: temporary.path, withIntermediateDirectories: true)
        compiler = temporary.path + "/compiler"
        try Data("1".utf8).write(to: URL(filePath: compiler))
    }

    private var plan: ExecutionPlan {
        ExecutionPlan(
            language: "c",
            implementation: [compiler],
            files: [ProgramFile(path: "main.c", contents: [1, 2]), ProgramFile(path: "a", contents: [3])],
            compile: [
                .init(
                    executable: "/usr/bin/env",
                    arguments: ["env", "a", "b"],
                    environment: ["A": "1", "B": "2"],
                )
            ],
            run: .init(executable: CellLayout.work + "/main.out", arguments: ["main"], environment: [:]),
            readOnlyPaths: ["/opt"],
            policy: Policy(),
            limits: Limits(),
            compileLimits: .compileDefaults,
        )
    }

    private func key(_ change: (inout ExecutionPlan) -> Void = { _ in }) -> CompileKey? {
        var plan = plan
        change(&plan)
        return CompileKey(plan)
    }

    private static let changes: [(name: String, make: @Sendable (inout ExecutionPlan) -> Void)] = [
        ("language", { $0.language = "d" }),
        ("source", { $0.files[0].contents = [1, 3] }),
        ("file's contents", { $0.files[1].contents = [] }),
        ("file's path", { $0.files[1].path = "b" }),
        ("file's permission", { $0.files[1].executable = true }),
        ("file more", { $0.files.append(ProgramFile(path: "z", contents: [])) }),
        ("file less", { $0.files.removeLast() }),
        (
            "byte from one file to the next",
            {
                $0.files[0].contents = [1]; $0.files[1].contents = [2, 3]
            },
        ),
        ("flag", { $0.compile[0].arguments[1] = "c" }),
        ("flags run together", { $0.compile[0].arguments = ["env", "ab"] }),
        ("flag's end in the next", { $0.compile[0].arguments = ["env", "ab", ""] }),
        ("environment's name", { $0.compile[0].environment = ["A": "1", "C": "2"] }),
        ("environment's value", { $0.compile[0].environment["A"] = "2" }),
        ("compiler", { $0.compile[0].executable = "/usr/bin/true" }),
        ("second command", { $0.compile.append($0.compile[0]) }),
        ("implementation", { $0.implementation = [] }),
        ("path", { $0.readOnlyPaths = [] }),
        ("compile limit", { $0.compileLimits.memory = .megabytes(1) }),
        ("compile time", { $0.compileLimits.wallTime = .milliseconds(1) }),
        ("stack", { $0.compileLimits.stack = .megabytes(1) }),
        ("network", { $0.policy.network = .loopback }),
        ("file system", { $0.policy.filesystem = .scratch }),
        ("missing layer", { $0.policy.allowMissing = [.landlock] }),
    ]

    @Test(arguments: changes.indices)
    func `another of anything is another address`(index: Int) throws {
        let change = Self.changes[index]
        let changed = try #require(key(change.make))
        #expect(changed != key(), "\(change.name)")
    }

    @Test func `what compiling does not depend on changes nothing`() throws {
        let first = try #require(key())
        #expect(first.name.count == 64)
        #expect(first == key())
        #expect(first == key { $0.limits = Limits(memory: .megabytes(1)) })
        #expect(first == key { $0.run.arguments = ["main", "argument"] })
        #expect(first == key { $0.policy.modules.denied = ["os"] })
    }

    @Test func `a compiler that was replaced is another`() throws {
        let before = try #require(key())
        try Data("2".utf8).write(to: URL(filePath: compiler), options: .atomic)
        let after = try #require(key())
        #expect(before != after)
    }

    @Test func `what compiling can see and no digest covers is never kept`() {
        #expect(key { $0.policy.mounts = [Mount(source: "/srv", destination: "/data")] } == nil)
        #expect(key { $0.policy.network = .host } == nil)
        #expect(key { $0.readOnlyPaths = ["/tmp/language"] } == nil)
        #expect(key { $0.implementation = ["/nonexistent"] } == nil)
        #expect(key { $0.compile = [] } == nil)
    }
}
