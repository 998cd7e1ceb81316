import SandboxModel
import Testing

@testable import Catalogue

/// A case's file, and what is said of one that is wrong.
@Suite struct CaseReaderTests {
    private static let whole = """
        title: Read what is not there
        source: proc(5)
        language: bash
        files: [main.sh, data/words.txt]
        arguments: ["@@VICTIM_PID@@"]
        stdin: "hello"
        limits: { wall: 2s, memory: 64MB, processes: 8, output: 64k, disk: 1MB }
        policy: { filesystem: scratch, collect: ["*.txt"] }
        walls: [mount_namespace, init_protection]
        together: true
        because: Either would do.
        contained:
          verdicts: [ok, nonzero_exit]
          exit: 3
          output: ['refused: E[A-Z]+']
          never: ["root:"]
          host: [secret, next_run]
          collected: { paths: [a.txt], size: 1MB }
        """

    private func read(
        _ text: String,
        files: [String: String] = ["main.sh": "exit 3", "data/words.txt": "@@MARK@@"],
        in folder: String = "procfs/a-case",
    ) throws -> [AttackCase] {
        let directory = TemporaryDirectory()
        try directory.write(text, to: folder + "/case.yaml")
        for (name, contents) in files { try directory.write(contents, to: "\(folder)/\(name)") }
        do {
            return try Catalogue(directory: directory.path).cases
        } catch {
            throw CatalogueError(
                mistakes: error.mistakes.map { $0.replacing(directory.path, with: "") }
            )
        }
    }

    private func mistakes(
        _ text: String,
        files: [String: String] = ["main.sh": "exit 3", "data/words.txt": "@@MARK@@"],
        in folder: String = "procfs/a-case",
    ) -> [String] {
        do {
            _ = try read(text, files: files, in: folder)
            return []
        } catch let error as CatalogueError {
            return error.mistakes
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `every key reaches its field`() throws {
        let attack = try #require(try read(Self.whole).first)
        #expect(attack.id == "a-case")
        #expect(attack.attackClass == .procfs)
        #expect(attack.title == "Read what is not there")
        #expect(attack.source == "proc(5)")
        #expect(attack.program.program.language == "bash")
        #expect(attack.program.program.sourceName == "main.sh")
        #expect(attack.program.program.source == Array("exit 3".utf8))
        #expect(attack.program.program.files.map(\.path) == ["data/words.txt"])
        #expect(attack.program.program.arguments == ["@@VICTIM_PID@@"])
        #expect(attack.program.program.collect == ["*.txt"])
        #expect(attack.program.stdin == "hello")
        #expect(
            attack.program.limits
                == Limits(
                    wallTime: .seconds(2),
                    cpuTime: .seconds(10),
                    memory: .megabytes(64),
                    processes: 8,
                    output: .kilobytes(64),
                    disk: .megabytes(1),
                )
        )
        #expect(attack.program.policy == Policy(filesystem: .scratch))
        #expect(attack.walls.names == [.layer(.mountNamespace), .part(.initProtection)])
        #expect(attack.walls.together)
        #expect(attack.walls.because == "Either would do.")
        #expect(
            attack.contained
                == Containment(
                    verdicts: [.ok, .nonzeroExit],
                    exit: .code(3),
                    output: ["refused: E[A-Z]+"],
                    never: ["root:"],
                    host: [.secret, .nextRun],
                    collected: CollectedRule(paths: ["a.txt"], size: .megabytes(1)),
                )
        )
    }

    @Test func `a second program has rules of its own where it names them`() throws {
        let text = """
            title: Speak to a neighbour
            source: unix(7)
            language: bash
            files: [main.sh]
            second: { language: python, files: [other.py] }
            order: together
            walls: [network_namespace]
            contained: { verdicts: [ok], exit: 0, host: [listeners], second: { verdicts: [nonzero_exit], exit: 1 } }
            """
        let files = ["main.sh": "exit 0", "other.py": "exit(1)"]
        let attack = try #require(try read(text, files: files, in: "between-sandboxes/two").first)
        #expect(attack.order == .together)
        #expect(attack.programs.map(\.program.language) == ["bash", "python"])
        #expect(attack.contained == Containment(verdicts: [.ok], exit: .code(0), host: [.listeners]))
        #expect(
            attack.secondContained
                == Containment(verdicts: [.nonzeroExit], exit: .code(1), host: [.listeners])
        )
        #expect(
            mistakes(text, files: files, in: "procfs/two") == [
                "/procfs/two/case.yaml:5:21: 'second.language' is that of a second program, which only "
                    + "'between-sandboxes' has"
            ]
        )
    }

    @Test(arguments: [
        ("title: Read what is not there\n", "", "1:1: 'title' is missing"),
        ("source: proc(5)\n", "", "1:1: 'source' is missing"),
        (
            "verdicts: [ok, nonzero_exit]", "verdicts: [okay]",
            "13:13: 'contained.verdicts' has 'okay', but must be of",
        ),
        (
            "[ok, nonzero_exit]", "[internal_error]",
            "'contained.verdicts' has 'internal_error', which contains nothing",
        ),
        ("exit: 3", "exit: 256", "'contained.exit' is '256', but must be 0 to 255, or 'each'"),
        ("exit: 3", "exit: each", "'contained.exit' is 'each', but the case has no 'each'"),
        ("walls: [mount_namespace", "walls: [wall", "'walls' has 'wall', but must be of user_namespace,"),
        (
            "walls: [mount_namespace, init_protection]", "walls: []",
            "'walls' is empty; an attack that no wall holds",
        ),
        ("memory: 64MB", "memory: 0", "'limits.memory' is wrong: '0' is zero"),
        ("memory: 64MB", "memroy: 64MB", "unknown key 'limits.memroy', did you mean 'memory'?"),
        ("filesystem: scratch", "network: host", "'policy.network' is 'host', which would lower a wall"),
        ("filesystem: scratch", "allow_missing: [seccomp]", "unknown key 'policy.allow_missing'"),
        (
            "refused: E[A-Z]+", "refused: (",
            "'contained.output' has 'refused: (', which is no regular expression",
        ),
        (
            "@@VICTIM_PID@@", "@@VICTIM@@",
            "'arguments' has the placeholder '@@VICTIM@@', which stands for nothing",
        ),
        (
            "host: [secret, next_run]", "host: [secrets]",
            "'contained.host' has 'secrets', but must be of secret,",
        ),
        (", data/words.txt", "", "'files' does not name 'data/words.txt', which lies beside it"),
        (
            "data/words.txt", "../main.sh",
            "'files' has '../main.sh', which is not the path of a file beside it",
        ),
        ("data/words.txt", "words.txt", "'files' has 'words.txt', which is not there"),
        (
            "because: Either would do.", "order: after",
            "'order' says when the second program runs, but there is no",
        ),
        ("together: true", "title: Again", "key 'title' is given twice"),
    ])
    func `a mistake is told with its place`(right: String, wrong: String, message: String) throws {
        #expect(Self.whole.contains(right))
        let mistakes = mistakes(Self.whole.replacing(right, with: wrong))
        #expect(mistakes.count == 1)
        let mistake = try #require(mistakes.first)
        #expect(mistake.contains(#/^/procfs/a-case/case\.yaml:\d+:\d+: /#), "\(mistake)")
        #expect(mistake.contains(message), "\(mistake)")
    }

    @Test func `a folder that is out of place is told`() {
        #expect(
            mistakes(Self.whole, in: "proc/a-case").first?.hasPrefix(
                "/proc: is no class of attacks; known are mounts,"
            )
                == true
        )
        #expect(
            mistakes(Self.whole, in: "procfs/A Case").first?.contains(
                "is in the folder 'A Case'; name it with small letters, digits and '-'"
            ) == true
        )
    }

    @Test func `placeholders are filled in files, arguments and input`() {
        let program = AttackProgram(
            Program(
                language: "bash",
                source: Array("cat @@SECRET_PATH@@ @@EACH@@".utf8),
                files: [ProgramFile(path: "x", contents: [0xFF, 0x40, 0x40])],
                arguments: ["@@MARK@@", "@@"],
            ),
            stdin: "@@MARK@@",
        )
        let filled = program.filled(Placeholders(["SECRET_PATH": "/s", "MARK": "m"]).with(each: "7"))
        #expect(filled.program.source == Array("cat /s 7".utf8))
        #expect(filled.program.arguments == ["m", "@@"])
        #expect(filled.program.files.map(\.contents) == [[0xFF, 0x40, 0x40]])
        #expect(filled.stdin == "m")
    }
}
