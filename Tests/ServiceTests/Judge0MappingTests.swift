import Foundation
import Reporting
import SandboxModel
import Testing

@testable import Judge0
@testable import Service

/// What the service says, in Judge0's words.
struct Judge0MappingTests {
    private func details(
        _ verdict: Verdict,
        _ termination: Termination? = nil,
        stdout: String = "",
        cpuTime: Duration = .milliseconds(20),
        compile: StageResult? = nil,
        state: ExecutionState = .finished,
    ) -> ExecutionDetails {
        let result = ExecutionResult(
            language: "c",
            verdict: verdict,
            termination: termination,
            stdout: CapturedOutput(bytes: Array(stdout.utf8)),
            errorMessage: verdict == .ok ? nil : "our own words",
            usage: Usage(wallTime: .milliseconds(31), cpuTime: cpuTime, memory: .bytes(2_048_000)),
            limits: Limits(),
            isolation: Isolation(layers: []),
            compile: compile,
        )
        let record = ExecutionRecord(
            id: ExecutionID(),
            caller: "ada",
            state: state,
            language: "c",
            priority: 0,
            createdAt: Date(),
            attempts: 1,
        )
        return ExecutionDetails(
            record: record,
            submission: Submission(program: .c("")),
            result: state == .finished ? Data(JSONValue.object(result.jsonMembers).serialized()) : nil,
            files: [],
        )
    }

    private func judged(_ runs: [ExecutionDetails], expecting: String? = nil, cpu: Double = 5) throws
        -> Judgement
    {
        var submission = Judge0Submission()
        submission.cpuTimeLimit = cpu
        submission.expectedOutput = expecting.map { Data($0.utf8) }
        submission.numberOfRuns = runs.count
        return try Judgement(runs, of: submission)
    }

    @Test(arguments: Verdict.allCases)
    func `every verdict has a status`(_ verdict: Verdict) throws {
        let ended: Termination? = verdict == .signaled ? .signaled(9) : .exited(code: verdict == .ok ? 0 : 3)
        let status = try judged([details(verdict, ended)]).status
        let expected: Judge0Status =
            switch verdict {
            case .ok: .accepted
            case .wallTimeExceeded, .cpuTimeExceeded: .timeLimitExceeded
            case .compileFailed: .compilationError
            case .outputLimitExceeded: .fileSizeExceeded
            case .memoryExceeded, .signaled: .otherRuntimeError
            case .cancelled, .internalError: .internalError
            case .nonzeroExit, .processLimitExceeded, .diskLimitExceeded, .fileSizeExceeded, .policyViolation:
                .nonzeroExit
            }
        #expect(status == expected)
    }

    @Test(arguments: [(6, 10), (8, 9), (11, 7), (25, 8), (9, 12), (31, 12)])
    func `every signal has its status`(_ signal: Int32, _ id: Int) throws {
        let judgement = try judged([details(.signaled, .signaled(signal))])
        #expect(judgement.status.rawValue == id)
        #expect(judgement.exitSignal == signal)
        #expect(judgement.exitCode == 0)
        #expect(judgement.message == "Caught fatal signal \(signal)")
    }

    @Test(arguments: [
        ("a b\nc", "a b  \nc\n\n", true), ("", "\n \n", true), ("a", "b", false), ("a b", "a  b", false),
        ("\na", "a", false), ("a\r\nb", "a\nb", true),
    ])
    func `output is compared but for blanks at the ends of lines`(
        _ expected: String,
        _ output: String,
        _ same: Bool,
    )
        throws
    {
        let status = try judged([details(.ok, .exited(code: 0), stdout: output)], expecting: expected).status
        #expect(status == (same ? .accepted : .wrongAnswer))
    }

    @Test func `who needs the extra time is not in time`() throws {
        let run = details(.ok, .exited(code: 0), cpuTime: .milliseconds(1_200))
        #expect(try judged([run], cpu: 1).status == .timeLimitExceeded)
        #expect(try judged([run], cpu: 2).status == .accepted)
        #expect(try judged([run], cpu: 0).status == .accepted)
    }

    @Test func `runs are averaged up to the first that is not accepted`() throws {
        let quick = details(.ok, .exited(code: 0), cpuTime: .milliseconds(10))
        let slow = details(.ok, .exited(code: 0), cpuTime: .milliseconds(30))
        let all = try judged([quick, slow, quick, slow])
        #expect(all.status == .accepted)
        #expect(abs((all.time?.inSeconds ?? 0) - 0.02) < 0.000_1)
        let waiting = details(.ok, state: .queued)
        #expect(try judged([quick, waiting]).status == .processing)
        #expect(try judged([waiting, waiting]).status == .inQueue)
        let failed = details(.nonzeroExit, .exited(code: 3))
        #expect(try judged([quick, failed, waiting]).status == .nonzeroExit)
    }

    @Test func `an executable of another machine has a wrong format`() throws {
        var submission = Judge0Submission()
        submission.isForeignExecutable = true
        let run = details(.nonzeroExit, .exited(code: 126))
        #expect(try Judgement([run], of: submission).status == .execFormatError)
        submission.isForeignExecutable = false
        #expect(try Judgement([run], of: submission).status == .nonzeroExit)
        #expect(!Judge0Submission.isStartable(Array("hello".utf8)))
        #expect(Judge0Submission.isStartable(Array("#!/bin/sh\n".utf8)))
        let own = try Data(contentsOf: URL(filePath: "/usr/bin/env"))
        #expect(Judge0Submission.isStartable(Array(own)))
    }

    @Test func `a compiler that took too long says so`() throws {
        let limit = LimitHit(
            limit: .wallTime,
            evidence: Evidence(source: "kill", value: "", attestedBy: .sanderling),
        )
        var stage = StageResult(
            termination: nil,
            stdout: CapturedOutput(),
            stderr: CapturedOutput(bytes: Array("words".utf8)),
            usage: Usage(),
            limits: Limits(),
        )
        #expect(try judged([details(.compileFailed, compile: stage)]).compileOutput == Array("words".utf8))
        stage.limitExceeded = limit
        let late = try judged([details(.compileFailed, compile: stage)])
        #expect(String(decoding: late.compileOutput, as: UTF8.self) == "Compilation time limit exceeded.")
        #expect(late.time == nil)
    }

    @Test func `base64 is what Ruby writes and reads`() {
        let text = String(repeating: "x", count: 46)
        #expect(MIMEBase64.encode(Array(text.utf8)) == String(repeating: "eHh4", count: 15) + "\neA==\n")
        #expect(MIMEBase64.encode([]) == "")
        #expect(MIMEBase64.decode("aGVs\nbG8") == Array("hello".utf8))
        #expect(MIMEBase64.decode("aG Vs*bG8=") == Array("hello".utf8))
        #expect(MIMEBase64.decode("a") == [])
        for count in 0..<200 {
            let bytes = (0..<count).map { UInt8($0) }
            #expect(MIMEBase64.decode(MIMEBase64.encode(bytes)) == bytes)
        }
    }

    @Test func `a token is the id as a UUID of version 4`() throws {
        let id = ExecutionID()
        let token = SubmissionToken(id)
        #expect(Array(token.description)[14] == "4")
        #expect(SubmissionToken(token.description) == token)
        #expect(SubmissionToken(id.description) == nil)
        for text in ["", "4", "batch", "zzzzzzzz-zzzz-4zzz-zzzz-zzzzzzzzzzzz"] {
            #expect(SubmissionToken(text) == nil)
        }
    }

    @Test(arguments: [
        ("-O2  -Wall", ["-O2", "-Wall"]), ("'a b' \"c d\" e\\ f", ["a b", "c d", "e f"]), ("", []),
        ("x; rm -rf $HOME | cat `id` > f & 'y", ["x", "rm", "-rf", "HOME", "cat", "id", "f", "y"]),
        ("-DX='\"q\"'", ["-DX=\"q\""]), ("''", [""]),
    ])
    func `a line is split as a shell would`(_ line: String, _ words: [String]) {
        #expect(ShellWords.split(line) == words)
    }

    @Test(arguments: [
        ("http://127.0.0.1:9000/done?x=1", "127.0.0.1", 9_000, "/done?x=1"),
        ("http://Example.org", "example.org", 80, "/"), ("http://[::1]:81/", "::1", 81, "/"),
        ("HTTPS://example.org", "example.org", 443, "/"),
        ("https://example.org:80/", "example.org", 80, "/"),
    ])
    func `an address is read`(_ text: String, _ host: String, _ port: Int, _ target: String) throws {
        let address = try #require(CallbackAddress(text))
        #expect(address.host == CallbackHost(host: host, port: port))
        #expect(address.target == target)
    }

    @Test(arguments: [
        "ftp://a", "http://", "http://u:p@a/", "http://a/#b", "http://a b/", "http://a\r\nX: y/",
        "//a", "http://a:0/", "http://a:99999/", "http://a/\u{e9}",
    ])
    func `what is no address to call is none`(_ text: String) { #expect(CallbackAddress(text) == nil) }

    @Test func `every number means one language, and the statuses are Judge0's`() {
        #expect(Set(Judge0Language.all.map(\.id)).count == Judge0Language.all.count)
        #expect(Judge0Language.with(id: 71)?.name(version: "3.11.2") == "Python (3.11.2)")
        #expect(Judge0Language.with(id: 50)?.name(version: "12.2.0") == "C (GCC 12.2.0)")
        #expect(Judge0Language.with(id: 43)?.name(version: "5") == "Plain Text")
        #expect(Judge0Language.with(id: 70) == nil)
        #expect(Judge0Status.allCases.map(\.rawValue) == Array(1...14))
    }

    @Test func `decimals are texts with a point`() {
        let texts = [0, 5, 0.001, 0.0456, 12.5].map { number in
            String(decoding: SubmissionAnswer.decimal(number).serialized(), as: UTF8.self)
        }
        #expect(texts == ["\"0.0\"", "\"5.0\"", "\"0.001\"", "\"0.046\"", "\"12.5\""])
    }

    @Test func `a list that would be too large is refused with what to do`() throws {
        var list = BoundedList(most: .bytes(20))
        try list.append(.string("0123456789"))
        let error = #expect(throws: ServiceError.self) { try list.append(.string("0123456789")) }
        #expect(error?.mend?.contains("fewer") == true)
        try list.append(.null)
        #expect(String(decoding: list.json.serialized(), as: UTF8.self) == #"["0123456789",null]"#)
    }
}
