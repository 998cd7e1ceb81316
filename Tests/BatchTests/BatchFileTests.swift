import Foundation
import SandboxModel
import Sanderling
import Testing

/// Languages as the tests know them: two with a module guard, two without.
let testLanguages = BatchLanguages(
    names: ["python", "javascript", "c", "bash"],
    guarded: ["python", "javascript"],
    extensions: ["py": "python", "js": "javascript", "c": "c", "sh": "bash"],
)

func parse(_ text: String, path: String = "config.yaml") throws -> BatchFile {
    try BatchFile(text: text, path: path, languages: testLanguages)
}

@Suite struct BatchFileTests {
    static let example = """
        execution:
          default_timeout: 10        # seconds
          max_memory: 100            # MB
          max_cpu: 50                # per cent of one CPU
          code_samples:
            - description: "Simple arithmetic"
              code: "print(10 + 20)"
              timeout: 5
            - description: "Input processing"
              code: "data = input(); print(data.upper())"
              stdin: "hello world"
              timeout: 5
        sandbox:
          allow_network: false
          allow_filesystem: false
          restricted_modules: [os, sys, subprocess]
          allowed_modules: [math, random, json, datetime]
        output:
          format: json
          file: output/results.json
          include_execution_details: true
        logging:
          level: INFO
          file: logs/run.log
        """

    @Test func `the documented example is read as it stands`() throws {
        let file = try parse(Self.example, path: "/batches/config.yaml")
        #expect(file.samples.map(\.description) == ["Simple arithmetic", "Input processing"])
        #expect(file.samples.map(\.index) == [0, 1])
        let first = try #require(file.samples.first)
        #expect(first.program == .python("print(10 + 20)"))
        #expect(first.limits == Limits(wallTime: .seconds(5), cpuShare: 0.5, memory: .megabytes(100)))
        #expect(first.policy.network == .none)
        #expect(first.policy.filesystem == .none)
        #expect(first.policy.modules.denied == ["os", "sys", "subprocess"])
        #expect(first.policy.modules.allowed == ["math", "random", "json", "datetime"])
        #expect(first.position == BatchPosition(line: 6, column: 7))
        #expect(first.expectation == Expectation())
        #expect(file.samples.last?.standardInput == Array("hello world".utf8))
        #expect(file.output.files == [.json: "/batches/output/results.json"])
        #expect(file.output.includeExecutionDetails)
        #expect(file.logging == BatchLogging(level: .info, file: "/batches/logs/run.log"))
    }

    @Test func `the same as JSON means the same`() throws {
        let json = """
            {"execution": {"default_timeout": 10, "max_memory": 100, "max_cpu": 50, "code_samples": [
              {"description": "Simple arithmetic", "code": "print(10 + 20)", "timeout": 5},
              {"description": "Input processing", "code": "data = input(); print(data.upper())",
               "stdin": "hello world", "timeout": 5}]},
             "sandbox": {"allow_network": false, "allow_filesystem": false,
               "restricted_modules": ["os", "sys", "subprocess"],
               "allowed_modules": ["math", "random", "json", "datetime"]},
             "output": {"format": "json", "file": "output/results.json", "include_execution_details": true},
             "logging": {"level": "INFO", "file": "logs/run.log"}}
            """
        var (yaml, same) = (try parse(Self.example), try parse(json))
        for index in yaml.samples.indices {
            yaml.samples[index].position = .start
            same.samples[index].position = .start
        }
        #expect(yaml == same)
    }

    @Test func `every key of a sample is honoured`() throws {
        let file = try parse(
            """
            execution:
              code_samples:
                - description: everything
                  language: bash
                  code: |
                    echo hi
                  stdin: in
                  args: [a, 1, true]
                  env: {KEY: value, NUMBER: 5}
                  files:
                    - {path: data/in.txt, content: text}
                    - {path: run.sh, content: "exit 0", executable: true}
                  collect: ["*.txt"]
                  timeout: 500ms
                  cpu_time: 2
                  max_cpu: 12.5%
                  max_memory: 64MiB
                  max_processes: 5
                  max_output: 64k
                  output_overflow: truncate
                  max_disk: 10
                  max_file_size: 1M
                  max_open_files: 32
                  max_stack: 1MiB
                  sandbox:
                    allow_network: loopback
                    allow_filesystem: true
                    mounts: [{source: /, destination: /host, writable: true}]
                    allow_missing: [cpu_share_limit]
                  expect: {stdout: hi, exit_code: 3, verdict: [nonzero_exit, signaled]}
                  audit: yes
            """
        )
        let sample = try #require(file.samples.first)
        let expected = Limits(
            wallTime: .milliseconds(500),
            cpuTime: .seconds(2),
            cpuShare: 0.125,
            memory: .mebibytes(64),
            processes: 5,
            output: .bytes(64_000),
            outputOverflow: .truncate,
            disk: .megabytes(10),
            fileSize: .megabytes(1),
            openFiles: 32,
            stack: .mebibytes(1),
        )
        #expect(sample.limits == expected)
        #expect(sample.program.source == Array("echo hi\n".utf8))
        #expect(sample.program.arguments == ["a", "1", "true"])
        #expect(sample.program.environment == ["KEY": "value", "NUMBER": "5"])
        #expect(
            sample.program.files == [
                ProgramFile(path: "data/in.txt", contents: Array("text".utf8)),
                ProgramFile(path: "run.sh", contents: Array("exit 0".utf8), executable: true),
            ]
        )
        #expect(sample.program.collect == ["*.txt"])
        #expect(sample.policy.network == .loopback)
        #expect(sample.policy.filesystem == .scratch)
        #expect(sample.policy.mounts == [Mount(source: "/", destination: "/host", writable: true)])
        #expect(sample.policy.allowMissing == [.cpuShareLimit])
        #expect(sample.expectation.verdicts == [.nonzeroExit, .signaled])
        #expect(sample.expectation.exitCode == 3)
        #expect(sample.expectation.stdout == Array("hi".utf8))
        #expect(sample.audit)
    }

    @Test func `a sample's sandbox overrides the file's key by key`() throws {
        let file = try parse(
            """
            execution:
              code_samples:
                - code: ""
                  sandbox: {allow_network: true, restricted_modules: []}
                - {code: "", language: c}
            sandbox:
              allow_network: loopback
              allow_filesystem: yes
              restricted_modules: [os]
              allowed_modules: []
            """
        )
        #expect(file.samples[0].policy.network == .host)
        #expect(file.samples[0].policy.filesystem == .scratch)
        #expect(file.samples[0].policy.modules == ModulePolicy(denied: [], allowed: []))
        #expect(file.samples[1].policy.network == .loopback)
        #expect(file.samples[1].policy.modules == ModulePolicy(), "no guard, so no list applies")
    }

    @Test func `a longer time limit takes the processor time along unless it is set`() throws {
        let file = try parse(
            """
            execution:
              default_timeout: 60
              code_samples: [{code: ""}, {code: "", timeout: 1}, {code: "", cpu_time: 3}]
            """
        )
        #expect(file.samples.map(\.limits.cpuTime) == [.seconds(60), .seconds(10), .seconds(3)])
    }

    @Test func `anchors and merge keys share what samples have in common`() throws {
        let file = try parse(
            """
            execution:
              code_samples:
                - &common {code: "1", timeout: 3, env: {A: b}}
                - {<<: *common, timeout: 4}
            """
        )
        #expect(file.samples[1].program.environment == ["A": "b"])
        #expect(file.samples.map(\.limits.wallTime) == [.seconds(3), .seconds(4)])
    }

    @Test func `several forms of report lie beside one another`() throws {
        let file = try parse(
            """
            execution: {code_samples: [{code: ""}]}
            output: {format: [json, junit, Markdown], file: out/r.json, html: page.html}
            """,
            path: "/b/c.yaml",
        )
        #expect(
            file.output.files == [
                .json: "/b/out/r.json", .junit: "/b/out/r.xml", .markdown: "/b/out/r.md",
                .html: "/b/page.html",
            ]
        )
    }

    @Test func `named files are read from beside the batch file`() throws {
        let directory = URL.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data("int main(void) {}".utf8).write(to: directory.appending(path: "prog.c"))
        try Data("42".utf8).write(to: directory.appending(path: "data"))
        let config = directory.appending(path: "batch.yaml")
        let text = """
            execution:
              code_samples:
                - file: prog.c
                  files: {in.txt: {source: data}}
            """
        try Data(text.utf8).write(to: config)
        let path = config.path(percentEncoded: false)
        let sample = try #require(try BatchFile(path: path, languages: testLanguages).samples.first)
        #expect(sample.program.language == "c")
        #expect(sample.program.source == Array("int main(void) {}".utf8))
        #expect(sample.program.sourceName == "prog.c")
        #expect(sample.program.files == [ProgramFile(path: "in.txt", contents: Array("42".utf8))])
    }

    @Test func `a file of 10,000 samples is read`() throws {
        let samples = (0..<10_000).map {
            "    - {description: s\($0), code: 'print(\($0))', timeout: 1, stdin: '\($0)'}"
        }
        let file = try parse("execution:\n  code_samples:\n" + samples.joined(separator: "\n"))
        #expect(file.samples.count == 10_000)
        #expect(file.samples.last?.description == "s9999")
        #expect(file.samples.last?.position == BatchPosition(line: 10_002, column: 7))
    }

    @Test func `a file cut off anywhere is read or refused`() {
        let text = Array(Self.example)
        var refused = 0
        for length in text.indices {
            do {
                _ = try parse(String(text[..<length]))
            } catch {
                #expect(error is BatchFileError, "\(error)")
                refused += 1
            }
        }
        #expect(refused > 100 && refused < text.count)
    }

    @Test func `emoji in JSON may be written as programs write them`() throws {
        let json =
            #"{"execution": {"code_samples": [{"code": "'\ud83d\ude00' '\\ud83d'", "stdin": "\u00e9\/"}]}}"#
        let sample = try #require(try parse(json).samples.first)
        #expect(String(decoding: sample.program.source, as: UTF8.self) == #"'😀' '\ud83d'"#)
        #expect(String(decoding: sample.standardInput, as: UTF8.self) == "é/")
        let wrong = #"{"execution": {"code_samples": [{"code": "\ud83d\ude00\ud83d\ude00", "oops": 1}]}}"#
        let error = #expect(throws: BatchFileError.self) { try parse(wrong) }
        #expect(error?.mistakes.map(\.position) == [BatchPosition(line: 1, column: 70)])
    }
}
