import Foundation
import SandboxModel
import Testing

@testable import Service

/// How the database keeps submissions.
struct SubmissionCodingTests {
    @Test(arguments: [Submission(program: program), everything])
    func `what is read is what was written`(_ submission: Submission) throws {
        #expect(try SubmissionCoding.decode(SubmissionCoding.encode(submission)) == submission)
    }

    @Test func `equal submissions have equal texts, whatever order their sets and dictionaries have`() {
        let names = (0..<40).map { "NAME\($0)" }
        let texts = [names, names.reversed(), names.shuffled()].map { names in
            var submission = Submission(program: Self.program)
            for name in names { submission.program.environment[name] = name }
            for layer in Layer.allCases.shuffled() { submission.policy.allowMissing.insert(layer) }
            return SubmissionCoding.encode(submission)
        }
        #expect(Set(texts).count == 1)
    }

    @Test func `what earlier versions wrote, with less in it, is still read`() throws {
        let text = """
            {"arguments":["a/b"],"capped":[{"applied":10,"limit":"wall_time","requested":60.5,"stage":"run"}],"collect":[],
            "environment":{"A":"1"},"files":[{"contents":"AAE=","executable":true,"path":"x"}],"language":"bash",
            "limits":{"cpu_time":10,"disk":64000000,"file_size":64000000,"memory":256000000,"open_files":256,
            "output":1000000,"output_overflow":"kill","processes":64,"stack":8388608,"wall_time":0.25},
            "policy":{"allow_missing":["landlock"],"filesystem":"none","modules":{"denied":[]},"mounts":[],
            "network":"none"},"priority":-3,"source":"ZWNobw==","stdin":""}
            """
        let submission = try SubmissionCoding.decode(Data(text.utf8))
        #expect(submission.program.files == [ProgramFile(path: "x", contents: [0, 1], executable: true)])
        #expect(submission.limits == Limits(wallTime: .milliseconds(250)))
        #expect(submission.policy == Policy(allowMissing: [.landlock]))
        #expect(submission.priority == -3)
        #expect(try SubmissionCoding.decode(SubmissionCoding.encode(submission)) == submission)
    }

    private static let program = Program(language: "bash", source: Array("echo \"é\"\n\u{1B}".utf8))

    /// A submission in which nothing is as it is by default.
    private static var everything: Submission {
        var program = program
        program.sourceName = "a \"b\"/ü\u{202E}\u{0}.sh"
        program.files = [
            ProgramFile(path: "a/\n", contents: Array(0...255), executable: true),
            ProgramFile(path: "b", contents: []),
        ]
        program.arguments = ["", "\\", "🜚", "\u{7F}\u{85}"]
        program.compilerOptions = ["-O2"]
        program.joinsOutputs = true
        program.environment = ["B": "=", "A": "\t"]
        program.collect = ["*.txt"]
        return Submission(
            program: program,
            stdin: [0xFF, 0x00],
            policy: Policy(
                network: .loopback,
                filesystem: .scratch,
                mounts: [Mount(source: "/a", destination: "/b", writable: true)],
                modules: ModulePolicy(denied: ["os"], allowed: []),
                allowMissing: [.landlock, .seccomp],
                isolation: .oci(.crun),
            ),
            limits: Limits(
                wallTime: .nanoseconds(1_234_567_891),
                cpuTime: .milliseconds(1),
                cpuShare: 0.1,
                memory: .bytes(123_456_789),
                processes: 3,
                output: .bytes(4),
                outputOverflow: .truncate,
                disk: .bytes(5),
                fileSize: .bytes(6),
                openFiles: 7,
                stack: .bytes(8),
            ),
            compileLimits: .compileDefaults,
            capped: [CappedLimit(limit: "memory", requested: 1e9 + 0.5, applied: 5, stage: .compile)],
            priority: 4,
            label: "a\rlabel",
            note: InterfaceNote(interface: "judge0", group: "71", contents: Data([1, 2])),
            isInteractive: true,
        )
    }
}
