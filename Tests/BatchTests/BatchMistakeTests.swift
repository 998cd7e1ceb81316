import Foundation
import Languages
import Sanderling
import Testing

@Suite struct BatchMistakeTests {
    /// What is said about a file, without its name.
    private func mistakes(_ text: String) -> [String] {
        do {
            _ = try parse(text)
            return []
        } catch let error as BatchFileError {
            return error.description.split(separator: "\n").map { String($0.dropFirst("config.yaml:".count)) }
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `a misspelt key is named at its place with what was meant`() throws {
        let text = BatchFileTests.example.replacing("max_memory: 100 ", with: "max_memroy: 100 ")
        let error = #expect(throws: BatchFileError.self) { try parse(text) }
        #expect(error?.description == "config.yaml:3:3: unknown key 'max_memroy', did you mean 'max_memory'?")
    }

    private static let relative = "use a path relative to the work directory, without '.' and '..'"
    private static let pattern = "use one relative to it, without '.' and '..', such as 'out/*.txt'"

    /// Mistakes in one sample, whose keys begin at line 3, column 5.
    @Test(arguments: [
        ("code: 1\n    file: x.py", "4:5: a sample has either 'code' or 'file', not both"),
        ("timeout: 1", "3:5: a sample needs 'code' or 'file'"),
        ("file: absent.py", #"3:11: file: no such file: '/nowhere/absent.py'"#),
        ("file: /dev/zero", "3:11: file: '/dev/zero' is not a regular file"),
        ("code: [1]", "3:11: 'code' must be text, not a list"),
        ("code:", "3:10: 'code' is empty; it must be text"),
        ("{code: 1, code: 2}", "3:15: duplicate key 'code', first given at 3:6"),
        ("{code: 1, \"code\": 2}", "3:15: duplicate key 'code', first given at 3:6"),
        (
            "{code: 1, timeout: 0}",
            "3:24: timeout: '0' is zero, which does not mean 'no limit'; "
                + "the least that can be asked for is 1ms",
        ),
        (
            "{code: 1, timeout: -1}",
            "3:24: timeout: '-1' is negative; write a time like 500ms, 10s, 2m or 1h30m",
        ),
        (
            "{code: 1, timeout: .nan}",
            "3:24: timeout: '.nan' is not a time: every limit is a number; "
                + "write 500ms, 10s, 2m or 1h30m",
        ),
        ("{code: 1, timeout: null}", "3:24: 'timeout' is empty; it must be a number"),
        ("{code: 1, timeout: [5]}", "3:24: 'timeout' must be a number, not a list"),
        (
            "{code: 1, timeout: true}",
            "3:24: timeout: 'true' is not a time; write it like 500ms, 10s, 2m or 1h30m",
        ),
        (
            "{code: 1, timeout: 2 days}",
            "3:24: timeout: '2 days' has the unknown unit 'days'; "
                + "write a time like 500ms, 10s, 2m or 1h30m",
        ),
        (
            "{code: 1, max_memory: 99999999}",
            "3:27: max_memory: '99999999' is too large; "
                + "the most that can be asked for is 1TiB (a number alone counts megabytes)",
        ),
        (
            "{code: 1, max_cpu: 0}",
            "3:24: max_cpu: '0' is zero, which does not mean 'no limit'; "
                + "the least that can be asked for is 1% (a number alone is per cent of one CPU)",
        ),
        ("{code: 1, max_processes: 1.5}", "3:30: max_processes: '1.5' is not a whole number"),
        (
            "{code: 1, output_overflow: kil}",
            "3:32: 'kil' is not an answer to output beyond its limit, did you mean 'kill'?",
        ),
        ("{code: 1, default_timeout: 5}", "3:15: unknown key 'default_timeout', did you mean 'timeout'?"),
        ("{code: 1, memory: 5}", "3:15: unknown key 'memory', did you mean 'max_memory'?"),
        (
            "{code: 1, allow_network: true}",
            "3:15: unknown key 'allow_network' in a sample; it belongs in sandbox",
        ),
        ("{code: 1, language: pyhton}", "3:25: unknown language 'pyhton', did you mean 'python'?"),
        (
            "{code: 1, language: cobol}",
            "3:25: unknown language 'cobol'; known are bash, c, javascript, python",
        ),
        ("{code: 1, args: x}", "3:21: 'args' must be a list, such as [a, b] or [], not 'x'"),
        ("{code: 1, env: [A]}", "3:20: 'env' must be a mapping of names to values, not a list"),
        ("{code: 1, env: {A=B: 1}}", "3:21: env: 'A=B' is not a variable's name"),
        (
            "{code: 1, files: [{path: ../x, content: 1}]}",
            "3:30: files: '../x' is no path for a program's file; \(relative)",
        ),
        (
            "{code: 1, files: [{path: /x, content: 1}]}",
            "3:30: files: '/x' is no path for a program's file; \(relative)",
        ),
        ("{code: 1, files: [{path: x}]}", "3:23: a file needs 'content' or 'source'"),
        ("{code: 1, files: [{content: x}]}", "3:23: a file needs 'path'"),
        (
            "{code: 1, files: [{path: x, content: 1}, {path: x, content: 2}]}",
            "3:53: files: two files have the path 'x'; give each file its own path",
        ),
        (
            "{code: 1, files: {x/y: a, x: b}}",
            "3:31: files: 'x' is a file's path, and the directory of 'x/y'; give each file its own path",
        ),
        (
            "{code: 1, files: {x: a, x/y: b}}",
            "3:29: files: 'x' is a file's path, and the directory of 'x/y'; give each file its own path",
        ),
        (
            "{code: 1, collect: [out.txt, ../*]}",
            "3:34: collect: '../*' is no pattern for files in the work directory; \(pattern)",
        ),
        (
            "{code: 1, collect: [/etc/*]}",
            "3:25: collect: '/etc/*' is no pattern for files in the work directory; \(pattern)",
        ),
        ("{code: 1, optional: maybe}", "3:25: 'optional' must be true or false, not 'maybe'"),
        ("{code: 1, files: {x: {source: absent}}}", "3:35: source: no such file: '/nowhere/absent'"),
        ("{code: 1, expect: {}}", "3:23: 'expect' is empty; remove it to expect success"),
        (
            "{code: 1, expect: ok}",
            "3:23: 'expect' must be a mapping with 'stdout', 'exit_code' or 'verdict', not 'ok'",
        ),
        (
            "{code: 1, expect: {verdict: timeout}}",
            "3:33: 'timeout' is not a verdict; known are ok, nonzero_exit, "
                + "signaled, wall_time_exceeded, cpu_time_exceeded, memory_exceeded, process_limit_exceeded, "
                + "output_limit_exceeded, disk_limit_exceeded, file_size_exceeded, policy_violation, compile_failed",
        ),
        (
            "{code: 1, expect: {verdict: memory_exceded}}",
            "3:33: 'memory_exceded' is not a verdict, did you mean 'memory_exceeded'?",
        ),
        ("{code: 1, expect: {verdict: []}}", "3:33: verdict: the list is empty, so nothing could pass"),
        (
            "{code: 1, expect: {exit_code: 256}}",
            "3:35: 'exit_code' must be a whole number from 0 to 255, not '256'",
        ),
        (
            "{code: 1, expect: {exit_code: 1, verdict: ok}}",
            "3:35: exit_code: 1 cannot go with the verdict that is expected",
        ),
        (
            "{code: 1, sandbox: {allow_network: none}}",
            "3:40: 'allow_network' must be false, loopback or true, not 'none'",
        ),
        (
            "{code: 1, sandbox: {allow_filesystem: \"false\"}}",
            "3:43: 'allow_filesystem' must be true or false, not the text 'false'; take the quotes away",
        ),
        (
            "{code: 1, sandbox: {allow_network: 'True'}}",
            "3:40: 'allow_network' must be false, loopback or true, not the text 'True'; take the quotes away",
        ),
        (
            "{code: 1, sandbox: {allowed_modules: }}",
            "3:42: 'allowed_modules' is empty; it must be a list, such as [a, b] or []",
        ),
        (
            "{code: 1, sandbox: {restricted_modules: os}}",
            "3:45: 'restricted_modules' must be a list, such as [a, b] or [], not 'os'",
        ),
        (
            "{code: 1, sandbox: {restricted_modules: ['os, sys']}}",
            "3:45: restricted_modules: 'os, sys' is not a module's name",
        ),
        (
            "{code: 1, language: c, sandbox: {restricted_modules: [os]}}",
            "3:38: 'restricted_modules' has no effect on c, which has no module guard; remove it",
        ),
        (
            "{code: 1, sandbox: {allow_missing: [secomp]}}",
            "3:41: 'secomp' is not a layer, did you mean 'seccomp'?",
        ),
        (
            "{code: 1, sandbox: {mounts: [{source: /absent-dir, destination: /x}]}}",
            "3:43: source: there is no '/absent-dir' to mount",
        ),
        ("{code: 1, sandbox: {mounts: [{source: /}]}}", "3:34: a mount needs 'destination'"),
        (
            "{code: 1, sandbox: {mounts: [{source: /, destination: ../x}]}}",
            "3:59: destination: a mount needs absolute paths without '..', not '../x'",
        ),
        (
            "{code: 1, sandbox: {mounts: [{source: /, destination: /proc}]}}",
            "3:59: destination: a mount cannot take the place of '/proc'; "
                + "mount it below a path of its own, such as /data",
        ),
        (
            "{code: 1, sandbox: {mounts: [{source: /, destination: /a}, {source: /, destination: /a/}]}}",
            "3:89: destination: two mounts are at '/a/'; give each mount a place of its own",
        ),
        (
            "{code: 1, sandbox: {mounts: [{source: /, destination: /a/b}, "
                + "{source: /, destination: /a, writable: true}]}}",
            "3:59: destination: '/a/b' lies inside another mount that is writable; "
                + "give each mount a place of its own",
        ),
        ("hello", "3:5: a sample must be a mapping with 'code' or 'file', not 'hello'"),
    ])
    func `a mistake in a sample is named at its place`(sample: String, message: String) {
        let text = "execution:\n  code_samples:\n  - \(sample)"
        var found = mistakes(text.replacing("file: absent.py", with: "file: /nowhere/absent.py"))
        if sample.contains("source: absent") {
            found = found.map { $0.replacing(/'\/.*\/absent'/, with: "'/nowhere/absent'") }
        }
        #expect(found == [message])
    }

    /// Mistakes in a whole file.
    @Test(arguments: [
        ("", "1:1: the file is empty; it needs 'execution' with 'code_samples'"),
        ("# nothing\n", "1:1: the file is empty; it needs 'execution' with 'code_samples'"),
        ("- 1", "1:1: the file must be a mapping of keys to values, not a list"),
        ("sandbox: {}", "1:1: the file needs 'execution' with 'code_samples'"),
        ("execution: 5", "1:12: 'execution' must be a mapping of keys to values, not '5'"),
        ("execution: {}", "1:12: 'execution' needs 'code_samples', the list of programs to run"),
        ("execution: {code_samples: []}", "1:27: 'code_samples' is empty; it needs at least one sample"),
        ("execution: {code_samples: {}}", "1:27: 'code_samples' must be a list of samples, not a mapping"),
        ("execution:\n\tcode_samples: []", "2:1: invalid YAML: a tab; indent with spaces"),
        ("execution: [", "2:1: invalid YAML: did not find expected node content, while parsing a flow node"),
        (
            "execution: {code_samples: [{code: 1}]}\n---\n{}",
            "2:1: invalid YAML: but found another document, expected a single document in the stream",
        ),
        ("execution: {code_samples: [{code: *x}]}", "1:35: invalid YAML: found undefined alias"),
        (
            "execution: {code_samples: [{code: 1}]}\noutput: {format: xml, file: a}",
            "2:18: 'xml' is not a form of report; known are json, html, junit, csv, markdown, sarif",
        ),
        (
            "execution: {code_samples: [{code: 1}]}\noutput: {format: json}",
            "2:10: 'format' needs 'file', the report's path",
        ),
        (
            "execution: {code_samples: [{code: 1}]}\nlogging: {level: LOUD}",
            "2:18: 'LOUD' is not a log level; known are debug, info, warning, error, critical",
        ),
        (
            "execution: {code_samples: [{code: 1}]}\nlogging: {file: logs/}",
            "2:17: file: 'logs/' is not a file's path",
        ),
        (
            "execution: {code_samples: [{code: 1}]}\nlogging: {file: /tmp}",
            "2:17: file: '/tmp' is a directory; write the path of a file in it",
        ),
        ("execution: {code_samples: [{code: 1}]}\n? [a]\n: 1", "2:3: a key must be text, not a list"),
    ])
    func `a mistake in the file is named at its place`(text: String, message: String) {
        #expect(mistakes(text) == [message])
    }

    @Test func `everything wrong with mounts is listed at once`() {
        let text = """
            execution: {code_samples: [{code: 1}]}
            sandbox:
              mounts:
                - {source: /absent-a, destination: /usr}
                - {source: /, destination: /dev/shm}
                - {source: /, destination: relative}
            """
        let places = mistakes(text).map { $0.split(separator: ":").prefix(3).joined(separator: ":") }
        #expect(
            places == ["4:16: source", "4:40: destination", "5:32: destination", "6:32: destination"]
        )
    }

    @Test func `a sample's files cannot take the place of its source`() throws {
        var languages = testLanguages
        languages.definitions["python"] = try LanguageCatalog().definition(named: "python")
        let text = """
            execution:
              code_samples:
                - {code: 1, files: {main.py: 2, other.py: 3}}
                - {file: main.py, files: {main.py: 2}}
            """
        let error = #expect(throws: BatchFileError.self) {
            try BatchFile(text: text, path: "config.yaml", languages: languages)
        }
        let message = "files: 'main.py' is the path of the program's own source; give each file its own path"
        let positions = error?.mistakes.filter { $0.message == message }.map(\.position)
        #expect(positions == [BatchPosition(line: 3, column: 25)])
        let named = "execution: {code_samples: [{file: /usr/bin/env, files: {env: x}}]}"
        #expect(mistakes(named) == ["1:57: \(message.replacing("main.py", with: "env"))"])
    }

    @Test(arguments: ["output", "logging"])
    func `a report or log cannot take the place of the batch file`(section: String) throws {
        let directory = URL.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "b.yaml").path(percentEncoded: false)
        let link = directory.appending(path: "link.json").path(percentEncoded: false)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "b.yaml")
        for name in ["b.yaml", "../\(directory.lastPathComponent)/b.yaml", "link.json"] {
            let text = "execution: {code_samples: [{code: 1}]}\n\(section): {file: \(name)}\n"
            try Data(text.utf8).write(to: URL(filePath: path))
            let error = #expect(throws: BatchFileError.self) {
                try BatchFile(path: path, languages: testLanguages)
            }
            #expect(
                error?.mistakes.map(\.message) == [
                    "file: '\(name)' is this batch file, which would be overwritten; write another path"
                ]
            )
        }
    }

    @Test func `every mistake is listed at once, in the order of the file`() {
        let text = """
            logging: {level: LOUD}
            execution:
              default_timeout: 0
              max_memory: -5
              default_timeout: 5
              max_cpu: .inf
              code_samples:
                - code: ""
                  langauge: python
                - timeout: 5
                  timeout: 6
                  timeout: 7
            sandbox:
              allow_networks: false
            """
        #expect(
            mistakes(text) == [
                "1:18: 'LOUD' is not a log level; known are debug, info, warning, error, critical",
                "3:20: default_timeout: '0' is zero, which does not mean 'no limit'; "
                    + "the least that can be asked for is 1ms",
                "4:15: max_memory: '-5' is negative; write a size like 64k, 100MB or 1GiB",
                "5:3: duplicate key 'default_timeout', first given at 3:3",
                "6:12: max_cpu: '.inf' is not a share of processors: every limit is a number; write 50 or 50%",
                "9:7: unknown key 'langauge', did you mean 'language'?",
                "10:7: a sample needs 'code' or 'file'",
                "11:7: duplicate key 'timeout', first given at 10:7",
                "12:7: duplicate key 'timeout', first given at 10:7",
                "14:3: unknown key 'allow_networks', did you mean 'allow_network'?",
            ]
        )
    }

    @Test func `mistakes in JSON have their places too`() {
        let json = "{\"execution\": {\n  \"max_memory\": 0,\n  \"code_samples\": [{\"cod\": \"1\"}]}}"
        #expect(
            mistakes(json) == [
                "2:17: max_memory: '0' is zero, which does not mean 'no limit'; the least that can be asked for is 1MB "
                    + "(a number alone counts megabytes)",
                "3:20: a sample needs 'code' or 'file'",
                "3:21: unknown key 'cod', did you mean 'code'?",
            ]
        )
    }

    @Test func `a file that is absent or not text is a mistake`() throws {
        let absent = #expect(throws: BatchFileError.self) {
            try BatchFile(path: "/nowhere/x.yaml", languages: testLanguages)
        }
        #expect(absent?.description == "/nowhere/x.yaml:1:1: no such file: '/nowhere/x.yaml'")
        let binary = URL.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: binary) }
        try Data([0xFF, 0xFE, 0x00]).write(to: binary)
        let error = #expect(throws: BatchFileError.self) {
            try BatchFile(path: binary.path(percentEncoded: false), languages: testLanguages)
        }
        #expect(error?.mistakes.map(\.message) == ["the file is not text in UTF-8"])
    }

    @Test func `why a file cannot be read is told in the system's words`() throws {
        let circle = URL.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: circle) }
        try FileManager.default.createSymbolicLink(at: circle, withDestinationURL: circle)
        let path = circle.path(percentEncoded: false)
        let error = #expect(throws: BatchFileError.self) {
            try BatchFile(path: path, languages: testLanguages)
        }
        let reason = "'\(path)' cannot be read: Too many levels of symbolic links"
        #expect(error?.mistakes.map(\.message) == [reason])
    }
}
