import Foundation
import HTTPTypes
import LanguageFiles
import Languages
import SandboxModel
import Service
import Testing

@testable import Piston

/// Piston's routes and words.
struct PistonTests {
    @Test(arguments: [
        ("*", "3.11.2", true), ("3", "3.11.2", true), ("3.11", "3.11.2", true), ("3.x", "3.11.2", true),
        ("3.11.2", "3.11.2", true), ("=3.11.2", "3.11.2", true), ("3.11.1", "3.11.2", false),
        ("2", "3.11.2", false),
        ("^3.9", "3.11.2", true), ("^3.12", "3.11.2", false), ("^3.9", "4.0.0", false),
        ("^0.2.3", "0.3.0", false),
        ("~3.11.1", "3.11.2", true), ("~3.10", "3.11.2", false), ("~3", "3.11.2", true),
        (">=3.9 <4", "3.11.2", true),
        (">3.11", "3.11.2", false), ("<=3.11", "3.11.2", true), ("<3.11", "3.11.2", false),
        ("3.0 - 3.11", "3.11.2", true),
        ("2 || 3", "3.11.2", true), ("", "3.11.2", true), ("v3", "3.11.2", true),
    ])
    func `a range means what node-semver says`(_ range: String, _ version: String, _ holds: Bool) throws {
        #expect(try #require(VersionRange(range)).contains(Version(version)) == holds)
    }

    @Test(arguments: ["latest", "three", "1.2.3.4", "9223372036854775807", "^1.9223372036854775807"])
    func `what is no range is none`(_ text: String) {
        #expect(VersionRange(text)?.contains(Version("3.11.2")) == nil)
    }

    @Test(
        arguments: [
            (Verdict.ok, Termination.exited(code: 0), nil, 0, nil),
            (.nonzeroExit, .exited(code: 3), "RE", 3, nil),
            (.signaled, .signaled(11), "SG", nil, "SIGSEGV"),
            (.wallTimeExceeded, .signaled(9), "TO", nil, "SIGKILL"),
            (.cpuTimeExceeded, .signaled(9), "TO", nil, "SIGKILL"),
            (.memoryExceeded, .signaled(9), "SG", nil, "SIGKILL"),
            (.outputLimitExceeded, .signaled(9), "OL", nil, "SIGKILL"),
            (.diskLimitExceeded, .exited(code: 1), "RE", 1, nil),
            (.policyViolation, .signaled(31), "SG", nil, "SIGSYS"),
            (.cancelled, .signaled(9), "SG", nil, "SIGKILL"),
        ] as [(Verdict, Termination, String?, Int32?, String?)]
    )
    func `a verdict is told in their words`(
        _ verdict: Verdict,
        _ termination: Termination,
        _ status: String?,
        _ code: Int32?,
        _ signal: String?,
    ) {
        let result = ExecutionResult(
            language: "sh",
            verdict: verdict,
            termination: termination,
            errorMessage: verdict == .ok ? nil : "so it went",
            limits: Limits(),
            isolation: Isolation(layers: []),
        )
        let stage = PistonStage(result, output: nil)
        #expect(stage.status == status)
        #expect(stage.code == code)
        #expect(stage.signal == signal)
        #expect((stage.message == nil) == (status == nil))
    }

    @Test func `a program is run and answered as theirs`() async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            let body = #"{"language":"sh","version":"*","files":[{"content":"print hi"}]}"#
            let answer = try await harness.ask(.post, "/api/v2/execute", body: body)
            #expect(answer.status == 200, "\(answer.text)")
            let run = try #require(answer.json["run"] as? [String: Any])
            #expect(run["stdout"] as? String == "hi")
            #expect(run["output"] as? String == "hi")
            #expect(run["code"] as? Int == 0)
            // To Piston, sh is Bash.
            #expect(answer.json["language"] as? String == "bash")
            #expect((answer.json["sanderling"] as? [String: Any])?["verdict"] as? String == "ok")
        }
    }

    @Test func `a request that is wrong is refused in their words`() async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            let good: [String: Any] = ["language": "bash", "version": "*", "files": [["content": "x"]]]
            let cases: [([String: Any], String)] = [
                (["language": 1], "language is required as a string"),
                (["version": ""], "version is required as a string"),
                (["files": "x"], "files is required as an array"),
                (["files": [["name": "x"]]], "files[0].content is required as a string"),
                (["language": "nope"], "nope-* runtime is unknown"),
                (
                    ["files": [["content": "", "encoding": "base64"]]],
                    "files must include at least one utf8 encoded file",
                ),
                (["run_timeout": "3"], "If specified, run_timeout must be a number"),
                (["run_timeout": 60_001], "run_timeout cannot exceed the configured limit of 60000"),
                (["compile_cpu_time": -1], "compile_cpu_time must be non-negative"),
            ]
            for (members, message) in cases {
                let body = try JSONSerialization.data(withJSONObject: good.merging(members) { $1 })
                let answer = try await harness.ask(
                    .post,
                    "/api/v2/execute",
                    body: String(decoding: body, as: UTF8.self),
                )
                #expect(answer.status == 400)
                #expect(answer.json["message"] as? String == message, "\(answer.text)")
            }
            let form = try await harness.ask(
                .post,
                "/api/v2/execute",
                body: "language=bash",
                headers: [.contentType: "application/x-www-form-urlencoded"],
            )
            #expect(form.status == 415)
            let plain = try await harness.ask(.get, "/api/v2/connect")
            #expect(plain.status == 400)
            #expect(plain.json["message"] != nil)
        }
    }

    @Test func `what means nothing to Piston is passed over`() async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            let answer = try await harness.ask(
                .post,
                "/api/v2/execute",
                body:
                    #"{"language":"sh","version":"*","x":[[[{}]]],"files":[{"content":"print hi","y":[1]}]}"#,
            )
            #expect((answer.json["run"] as? [String: Any])?["stdout"] as? String == "hi", "\(answer.text)")
            let odd = try await harness.ask(.post, "/api/v2/execute", body: "[1]")
            #expect(odd.json["message"] as? String == "language is required as a string")
            let list = try await harness.ask(
                .post,
                "/api/v2/execute",
                body: #"{"language":"sh","version":"*","files":[{"content":"x"}],"run_timeout":[1]}"#,
            )
            #expect(list.json["message"] as? String == "If specified, run_timeout must be a number")
            let flag = try await harness.ask(
                .post,
                "/api/v2/execute",
                body: #"{"language":"sh","version":"*","files":[{"content":"x"}],"args":["a",1,true]}"#,
            )
            #expect(flag.json["message"] as? String == "args must be strings")
        }
    }

    @Test(arguments: ["/api/v2/execute", "/api/v2/packages"])
    func `a deep body costs nothing and is refused`(_ path: String) async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            // Of two megabytes, which a decoder that goes down into them does not come back from.
            let deep = String(repeating: "[", count: 1_000_000) + String(repeating: "]", count: 1_000_000)
            let body = #"{"language":"bash","version":"*","files":[{"content":"x"}],"x":\#(deep)}"#
            let answer = try await harness.ask(.post, path, body: body)
            #expect(answer.status == 400)
            #expect(
                answer.json["message"] as? String == "the body is nested more than 32 levels deep",
                "\(answer.text)",
            )
        }
    }

    @Test func `who may not submit has no body read`() async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            let key = try await harness.key(of: "ada", [.read])
            let answer = try await harness.ask(
                .post,
                "/api/v2/execute",
                body: "no JSON",
                headers: [.authorization: key],
            )
            #expect(answer.status == 403)
        }
    }

    @Test func `a key is brought as it is`() async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            let key = try await harness.key(of: "ada")
            let refused = try await harness.ask(.get, "/api/v2/runtimes")
            #expect(refused.status == 401)
            #expect(refused.json["message"] != nil)
            let answer = try await harness.ask(.get, "/api/v2/runtimes", headers: [.authorization: key])
            #expect(answer.status == 200)
        }
    }

    @Test func `what is interactive ends with its service and is not run again`() async throws {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let id = try await ServiceHarness.run(in: directory, interfaces: [.piston]) { harness in
            let request = SubmissionRequest(program: Program(language: "sh", code: "hold"))
            return try await harness.service.submit(request, by: .local, interaction: Interaction()).id
        }
        let runner = FakeRunner()
        try await ServiceHarness.run(in: directory, runner: runner, interfaces: [.piston]) { harness in
            let details = try await harness.service.details(id, for: .local)
            #expect(details.record.state == .interrupted)
            #expect(runner.order.isEmpty)
        }
    }

    @Test func `what is not over when the service is stopped is not run again`() async throws {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let asking = try await ServiceHarness.run(
            in: directory,
            interfaces: [.piston],
            configure: {
                $0.queue.concurrency = 1
                $0.shutdownGrace = .seconds(60)
            },
        ) { harness in
            let held = SubmissionRequest(program: Program(language: "sh", code: "hold"))
            _ = try await harness.service.submit(held, by: .local)
            let asking = Task {
                // What holds the only place, and so the service, is let go when this one is answered.
                defer { harness.runner.release() }
                let body = #"{"language":"sh","version":"*","files":[{"content":"print lost"}]}"#
                return try await harness.ask(.post, "/api/v2/execute", body: body)
            }
            while try await harness.service.load(of: .local).waiting == 0 { await Task.yield() }
            return asking
        }
        let answer = try await asking.value
        #expect(answer.status == 503, "\(answer.text)")
        let runner = FakeRunner()
        try await ServiceHarness.run(in: directory, runner: runner, interfaces: [.piston]) { harness in
            let records = try await harness.service.list(ExecutionFilter(), for: .local)
            #expect(Set(records.map(\.state)) == [.cancelled, .finished])
            #expect(runner.order.isEmpty)
        }
    }

    @Test func `what is not there is said in their words`() async throws {
        try await ServiceHarness.run(interfaces: [.piston], configure: { $0.http.bodySize = .bytes(1_024) }) {
            harness in
            for (method, path): (HTTPRequest.Method, String) in [
                (.get, "/api/v2"), (.get, "/api/v2/nothing"), (.put, "/api/v2/execute"),
                (.post, "/api/v2/packages/1"),
            ] {
                let answer = try await harness.ask(method, path)
                #expect(answer.status == 404)
                #expect(answer.json as? [String: String] == ["message": "Not Found"], "\(method) \(path)")
            }
            let native = try await harness.ask(.get, "/v1/nothing")
            #expect(native.json["code"] as? String == "not_found", "others' paths are not theirs")
            let large = try await harness.ask(
                .post,
                "/api/v2/execute",
                body: String(repeating: " ", count: 2_000),
            )
            #expect(large.status == 413)
            #expect(Array(large.json.keys) == ["message"])
        }
    }

    @Test func `a path that leads out is refused by its name`() async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            let files = #"[{"content":"print x"},{"name":"../../x","content":""}]"#
            let answer = try await harness.ask(
                .post,
                "/api/v2/execute",
                body: #"{"language":"bash","version":"*","files":\#(files)}"#,
            )
            #expect(answer.status == 400)
            #expect((answer.json["message"] as? String)?.contains("'../../x'") == true, "\(answer.text)")
        }
    }

    @Test func `a key's ceilings are its limits`() async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            let key = APIKey()
            _ = try await harness.service.store.add(
                key,
                caller: "ada",
                scopes: [.submit],
                ceilings: CallerCeilings(wallTime: .seconds(2)),
            )
            func ask(_ members: String) async throws -> ServiceHarness.Answer {
                let program = #""language":"bash","version":"*","files":[{"content":"print x"}]"#
                return try await harness.ask(
                    .post,
                    "/api/v2/execute",
                    body: "{\(program)\(members)}",
                    headers: [.authorization: key.secret],
                )
            }
            let most = "cannot exceed the configured limit of 2000"
            for name in ["run_timeout", "run_cpu_time", "compile_timeout"] {
                let answer = try await ask(#","\#(name)":2001"#)
                #expect(answer.json["message"] as? String == "\(name) \(most)")
            }
            let plain = try await ask("")
            let ours = try #require(plain.json["sanderling"] as? [String: Any], "\(plain.text)")
            #expect((ours["limits"] as? [String: Any])?["wall_time"] as? Int == 2)
            #expect((ours["capped"] as? [Any])?.isEmpty == true, "nobody asked for more")
        }
    }

    @Test(arguments: [
        ("util.c", "util.c"), ("util.h", "util.h"), ("lib/util", "lib/util.c"), ("a.b/util", "a.b/util.c"),
        (nil, "file1.c"),
    ])
    func `texts are compiled where the language compiles several`(_ name: String?, _ path: String) {
        let runtime = PistonRuntime(
            InstalledLanguage(
                name: "c",
                displayName: "C",
                version: "12.2.0",
                present: true,
                extensions: ["c"],
            )
        )
        #expect(runtime.fileName(name, at: 1, isSource: true) == path)
        #expect(runtime.fileName(name, at: 1, isSource: false) == name ?? "file1.code")
    }

    @Test(arguments: [("c", true), ("java", true), ("ocaml", true), ("rust", false), ("python", false)])
    func `a definition tells whether several files are compiled`(_ language: String, _ holds: Bool) throws {
        let definition = try LanguageCatalog().definition(named: language)
        #expect((definition.compile?.takesFurtherSources ?? false) == holds)
    }
}
