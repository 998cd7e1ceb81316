import Languages
import SandboxModel
import Sanderling
import Testing

/// A program that was compiled before is the same program.
@Suite(.serialized) struct SameResultTests {
    /// Runs `program` without a cache, as the first and as the second; all three must be alike.
    private func compare(
        _ program: Program,
        stdin: StandardInput = .empty,
        policy: Policy,
        limits: Limits = Limits(),
        isKept: Bool = true,
    ) async throws {
        let (plain, caching) = (try await CacheProbe(isEnabled: false), try await CacheProbe())
        var results: [ExecutionResult] = []
        for sandbox in [plain.sandbox, caching.sandbox, caching.sandbox] {
            results.append(
                try await sandbox.execute(program, stdin: stdin, policy: policy, limits: limits)
            )
        }
        #expect(results[0].compile?.termination == .exited(code: 0), results[0].shown)
        #expect(results.map { $0.compile?.cached } == [false, false, isKept], results[2].shown)
        let (never, first, second) = (results[0], results[1], results[2])
        // Some compilers write the time, or a random name, into what they make.
        let isFirstAlike =
            first.withoutMeasurements(contents: false) == never.withoutMeasurements(contents: false)
        #expect(isFirstAlike, first.shown)
        let isSecondAlike =
            second.withoutMeasurements(contents: isKept) == first.withoutMeasurements(contents: isKept)
        #expect(isSecondAlike, second.shown)
        #expect((first.compile?.usage.cpuTime ?? .zero) > .zero)
        #expect(second.compile.map { $0.usage == Usage() } == isKept)
    }

    /// Every language that is compiled and installed here.
    static let compiled = ((try? LanguageCatalog().all()) ?? [])
        .filter { $0.compile != nil && (try? ResolvedLanguage($0)) != nil }
        .map(\.name)

    @Test func `the languages that are compiled are there`() {
        #expect(Set(Self.compiled).isSuperset(of: ["c", "cpp", "go", "java", "rust"]))
    }

    @Test(arguments: compiled)
    func `in every language that is compiled`(name: String) async throws {
        try await compareHello(in: name, filesystem: .scratch)
    }

    @Test(arguments: ["cpp", "java"])
    func `where nothing may be written`(name: String) async throws {
        try await compareHello(in: name, filesystem: .none)
    }

    private func compareHello(in name: String, filesystem: FilesystemAccess) async throws {
        let hello = try LanguageCatalog().definition(named: name).hello
        var program = Program(language: name, code: hello.source)
        program.collect = ["**"]
        try await compare(
            program,
            stdin: .bytes(Array(hello.stdin.utf8)),
            policy: Policy(filesystem: filesystem),
            limits: Limits(wallTime: .seconds(60), memory: .megabytes(512)),
        )
    }

    @Test(arguments: FilesystemAccess.allCases)
    func `with the same files, directories and permissions`(filesystem: FilesystemAccess) async throws {
        let program = CacheProbe.script(
            """
            mkdir -p empty deep/er/and/deeper 'with space'; chmod 711 empty; chmod 700 deep/er
            echo one > deep/er/one; chmod 400 deep/er/one
            : > nothing; chmod 755 nothing
            head -c 100000 /dev/zero > zeros; head -c 5000 /dev/urandom > /tmp/left
            echo shared > /dev/shm/left
            mkdir -p /tmp/a/b/c; : > /tmp/a/b/c/d; chmod 0 /tmp/a; ln -s /work /tmp/link
            echo to stdout; echo to stderr >&2
            """,
            run: """
                find /work -printf '%p %y %m %U %s\\n' | grep -v /program | sort
                find /tmp /dev/shm -printf '%p %y\\n' 2>&1
                cat deep/er/one; sha1sum zeros
                df --output=itotal,pcent /work | tail -1
                exit 3
                """,
            collect: ["**"],
        )
        try await compare(program, policy: Policy(filesystem: filesystem))
    }

    @Test func `with the same room on the disk`() async throws {
        let program = CacheProbe.script(
            "head -c 3000000 /dev/zero > object; head -c 2000000 /dev/zero > /tmp/object",
            run:
                "head -c 1500000 /dev/zero > a; head -c 1000000 /dev/zero > /tmp/b; stat -c %s a /tmp/b; exit 1",
        )
        for disk in [ByteCount.megabytes(2), .megabytes(4)] {
            try await compare(program, policy: Policy(filesystem: .scratch), limits: Limits(disk: disk))
        }
    }

    /// What is left, that no directory of plain files can say.
    static let oddities = [
        "ln -s program link", "mkfifo pipe", "ln program second", "chmod 4755 program", "chmod 1777 .",
        "mkdir closed; chmod 0 closed", ": > unreadable; chmod 0 unreadable", "mkdir -m 2755 shared",
        "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"socket\")'",
        ": > \"$(printf '\\377')\"", "truncate -s 200M sparse",
        "for i in $(seq 70); do mkdir d; cd d; done", "seq 5000 | xargs touch",
    ]

    @Test(arguments: oddities)
    func `what cannot be put back as it was is compiled again`(oddity: String) async throws {
        let program = CacheProbe.script(oddity, run: "ls -la / > /dev/null; echo ran")
        try await compare(program, policy: Policy(filesystem: .scratch), isKept: false)
    }

    @Test func `a failed compilation is not kept`() async throws {
        let probe = try await CacheProbe()
        for _ in 0..<2 {
            let result = try await probe.sandbox.execute(.c("int main(void) { return nothing; }"))
            #expect(result.verdict == .compileFailed)
            #expect(result.compile?.cached == false)
        }
        #expect(probe.entries.isEmpty)
    }
}
