import Foundation
import HTTPTypes
import Hummingbird
import SandboxModel
import Service
import Testing

@testable import ServiceHTTP

/// The routes, in this process.
struct RouteTests {
    @Test func `a program is run and its answer says what applied`() async throws {
        try await ServiceHarness.run { harness in
            let answer = try await harness.ask(
                .post,
                "/v1/executions?wait=true",
                body:
                    #"{"language":"sh","code":"print hi","limits":{"wall_time":"10m"},"collect":["out.txt"]}"#,
            )
            #expect(answer.status == 201, "\(answer.text)")
            let result = try #require(answer.json["result"] as? [String: Any])
            #expect(result["stdout"] as? String == "hi")
            let capped = try #require((answer.json["capped"] as? [[String: Any]])?.first)
            #expect(capped["limit"] as? String == "wall_time")
            #expect(capped["applied"] as? Int == 60)
            let file = try #require((answer.json["files"] as? [[String: Any]])?.first)
            let contents = try await harness.ask(.get, try #require(file["url"] as? String))
            #expect(contents.text == "made")
            #expect(contents.headers[.contentDisposition] == "attachment")
        }
    }

    @Test(arguments: [
        (#"{"language":"sh"}"#, 400, "code is missing"),
        (#"{"language":"sh","code":1}"#, 400, "code is not a string"),
        (#"{"language":"sh","code":"x","limit":{}}"#, 400, "did you mean 'limits'"),
        (#"{"language":"sh","code":"x","limits":{"memory":0}}"#, 400, "memory"),
        // Nothing is compiled.
        (#"{"language":"sh","code":"x","compile_limits":{"memory":0}}"#, 400, "memory"),
        (
            #"{"language":"sh","code":"x","files":[{"path":"../x","content":""}]}"#, 400,
            "'../x' is no path for a program's file",
        ),
        (
            #"{"language":"sh","code":"x","files":[{"path":"a","content":""},{"path":"a","content":""}]}"#,
            400,
            "two files have the path 'a'",
        ),
        // A mark after the slash makes one character of both, to all but the kernel.
        (
            #"{"language":"sh","code":"x","files":[{"path":"../\u0301x","content":""}]}"#, 400,
            "is no path for a program's file",
        ),
        (#"{"language":"sh","code":"x","collect":["sub/../\u0301*"]}"#, 400, "is no pattern"),
        (
            #"{"language":"sh","code":"x","files":[{"path":"a","content":""},{"path":"a/\u0301b","content":""}]}"#,
            400, "'a' is a file's path, and the directory of",
        ),
        (#"{"language":"sh","code":"x","env":{"a=\u0301":""}}"#, 400, "is no name"),
        (
            #"{"language":"sh","code":"x","files":[{"path":"\#(String(repeating: "a/", count: 100))a","content":""}]}"#,
            400, "is too deep",
        ),
        (#"{"language":"sh","code":"x","source_name":"/etc/passwd"}"#, 400, "'/etc/passwd' is no path"),
        (#"{"language":"sh","code":"x","collect":["../*"]}"#, 400, "'../*' is no pattern"),
        (#"{"language":"sh","code":"x","env":{"a=b":""}}"#, 400, "'a=b' is no name"),
        (#"{"language":"sh","code":"x","limits":{"memory":"lots"}}"#, 400, "limits.memory"),
        (
            #"{"language":"sh","code":"x","files":[{"path":"a","content":"?","encoding":"base64"}]}"#, 400,
            "files[0].content",
        ),
        (#"{"language":"sh","code":"x","label":"a\u0000b"}"#, 400, "the label holds a NUL byte"),
        (
            #"{"language":"sh","code":"x","limits":{"memory":1.5}}"#, 400,
            "limits.memory: is not a whole number",
        ),
        (
            #"{"language":"sh","code":"x","limits":{"memory":9223372036854775808}}"#, 400,
            "write a whole number of bytes",
        ),
        (
            #"{"language":"sh","code":"x","limits":{"processes":1.5}}"#, 400,
            "limits.processes: is not a whole",
        ),
        (#"{"language":"sh","code":"x","priority":1e30}"#, 400, "priority: is not a whole number"),
        (#"{"language":"sh","code":"x","priority":"1"}"#, 400, "priority is not a whole number"),
        (#"{"language":"shh","code":"x"}"#, 422, "unknown language 'shh'"),
        (#"{"language":"\#(String(repeating: "a", count: 260))","code":"x"}"#, 422, "unknown language 'aaa"),
        (#"{"language":"sh","code":"x","\#(String(repeating: "k", count: 10_000))":1}"#, 400, "known are"),
        (#"{"language":"sh","code":"x","network":"host"}"#, 403, "network 'host'"),
        (#"{"#, 400, "the body is not JSON"),
    ])
    func `a wrong body is refused by its place`(_ body: String, _ status: Int, _ words: String) async throws {
        try await ServiceHarness.run { harness in
            let answer = try await harness.ask(.post, "/v1/executions", body: body)
            #expect(answer.status == status, "\(answer.text)")
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.text.contains(words), "\(answer.text)")
        }
    }

    @Test func `events come in order and end with the record`() async throws {
        try await ServiceHarness.run { harness in
            let answer = try await harness.ask(
                .post,
                "/v1/executions",
                body: #"{"language":"sh","code":"print hello"}"#,
                headers: [.accept: "text/event-stream"],
            )
            let events = answer.text.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map {
                $0.dropFirst(7)
            }
            #expect(events == ["queued", "started", "stdout", "ended"])
        }
    }

    @Test func `a submission is given back as the body that asks for the same`() async throws {
        try await ServiceHarness.run { harness in
            let body = #"""
                {"language":"sh","code":"print hi","source_name":"a.sh","stdin":"AP8=","stdin_encoding":"base64",
                "files":[{"path":"in.txt","content":"x","executable":true}],"args":["a b"],"env":{"K":"v"},
                "collect":["out.txt"],"limits":{"wall_time":"10m","memory":50000000},"network":"loopback",
                "filesystem":"scratch","modules":{"denied":["m"],"allowed":["n"]},"priority":3,"label":"l"}
                """#
            let first = try await harness.ask(.post, "/v1/executions?wait=true", body: body)
            let id = try #require(first.json["id"] as? String, "\(first.text)")
            let given = try await harness.ask(.get, "/v1/executions/\(id)/submission")
            #expect(given.json["code"] as? String == "print hi")
            #expect(given.json["stdin"] as? String == "AP8=")
            #expect((given.json["limits"] as? [String: Any])?["wall_time"] as? Int == 60)
            let again = try await harness.ask(.post, "/v1/executions?wait=true", body: given.text)
            #expect(again.status == 201, "\(again.text)")
            let other = try #require(again.json["id"] as? String)
            let repeated = try await harness.ask(.get, "/v1/executions/\(other)/submission")
            #expect(repeated.text == given.text)
        }
    }

    @Test func `a caller is told what it may ask for`() async throws {
        try await ServiceHarness.run(configure: { $0.ceilings.memory = .megabytes(100) }) { harness in
            let limits = try await harness.ask(.get, "/v1/limits").json
            let most = try #require(limits["most"] as? [String: Any])
            #expect(most["memory"] as? Int == 100_000_000)
            #expect(most["wall_time"] as? Int == 60)
            let usual = try #require(limits["default"] as? [String: Any])
            #expect(usual["memory"] as? Int == 100_000_000)
            #expect(usual["wall_time"] as? Int == 10)
            #expect(limits["network"] as? String == "loopback")
        }
    }

    @Test func `pages follow each other to the end`() async throws {
        try await ServiceHarness.run { harness in
            let executions = (0..<5).map { #"{"language":"sh","code":"print \#($0)","label":"n\#($0)"}"# }
                .joined(separator: ",")
            let batch = try await harness.ask(
                .post,
                "/v1/batches?wait=true",
                body: #"{"executions":[\#(executions)]}"#,
            )
            #expect(batch.status == 201, "\(batch.text)")
            var seen: [String] = []
            var path = "/v1/executions?limit=2"
            while true {
                let page = try await harness.ask(.get, path)
                seen += (page.json["executions"] as? [[String: Any]] ?? []).compactMap {
                    $0["label"] as? String
                }
                guard let next = page.json["next"] as? String else { break }
                path = "/v1/executions?limit=2&before=\(next)"
            }
            #expect(seen.sorted() == ["n0", "n1", "n2", "n3", "n4"])
        }
    }

    @Test func `a body that is too large is refused`() async throws {
        try await ServiceHarness.run(configure: { $0.http.bodySize = .bytes(1_024) }) { harness in
            let code = String(repeating: "x", count: 2_000)
            let answer = try await harness.ask(
                .post,
                "/v1/executions",
                body: #"{"language":"sh","code":"\#(code)"}"#,
            )
            #expect(answer.status == 413)
        }
    }

    @Test func `health is a program that ran`() async throws {
        try await ServiceHarness.run { harness in
            let health = try await harness.ask(.get, "/health")
            #expect(health.status == 200, "\(health.text)")
            #expect(health.json["enforcement"] as? String == "full")
            let status1 = try await harness.ask(.get, "/ready").status
            #expect(status1 == 200)
        }
    }

    @Test func `a trace goes on and a broken one begins anew`() async throws {
        try await ServiceHarness.run { harness in
            let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
            let name = try #require(HTTPField.Name("traceparent"))
            let answer = try await harness.ask(
                .get,
                "/version",
                headers: [name: "00-\(trace)-00f067aa0ba902b7-01"],
            )
            #expect(answer.headers[name]?.contains(trace) == true)
            let other = try await harness.ask(
                .get,
                "/version",
                headers: [name: "00-zzz-00f067aa0ba902b7-01"],
            )
            #expect(other.headers[name]?.count == 55)
        }
    }

    @Test(arguments: ServiceError.Code.allCases)
    func `every reason has a status of its kind`(_ code: ServiceError.Code) {
        let status = Problem.status(for: code)
        #expect((400..<600).contains(status.code))
        let isOurs = [.queueFull, .shuttingDown, .notReady, .storage, .internal].contains(code)
        #expect((status.code >= 500) == isOurs)
    }

    @Test(arguments: ["9223372036854775807", "-1", "one"])
    func `an event's id that is none of ours says nothing`(_ id: String) async throws {
        try await ServiceHarness.run { harness in
            let made = try await harness.ask(
                .post,
                "/v1/executions?wait=true",
                body: #"{"language":"sh","code":"print x"}"#,
            )
            let field = try #require(HTTPField.Name("last-event-id"))
            let path = "/v1/executions/\(try #require(made.json["id"] as? String))/events"
            let events = try await harness.ask(.get, path, headers: [field: id])
            #expect(events.text.hasPrefix("id: 1\nevent: ended\n"), "\(events.text)")
        }
    }

    @Test func `who has more events than there are is told the end`() async throws {
        let runner = FakeRunner()
        try await ServiceHarness.run(runner: runner) { harness in
            let made = try await harness.ask(
                .post,
                "/v1/executions",
                body: #"{"language":"sh","code":"hold"}"#,
            )
            let field = try #require(HTTPField.Name("last-event-id"))
            let path = "/v1/executions/\(try #require(made.json["id"] as? String))/events"
            async let events = harness.ask(.get, path, headers: [field: "500"])
            // It is asked while the program runs, or after it: the answer is the same.
            while runner.order.isEmpty { await Task.yield() }
            runner.release()
            #expect(try await events.text.contains("event: ended\n"))
        }
    }

    @Test(arguments: [("a%41b", "a%2541b"), ("a b", "a%20b"), ("é&=", "%C3%A9%26%3D"), ("a+b", "a+b")])
    func `a query is decoded once`(_ label: String, _ written: String) async throws {
        try await ServiceHarness.run { harness in
            for label in [label, "aAb"] {
                let made = try await harness.ask(
                    .post,
                    "/v1/executions?wait=true",
                    body: #"{"language":"sh","code":"print x","label":"\#(label)"}"#,
                )
                #expect(made.status == 201, "\(made.text)")
            }
            let found = try await harness.ask(.get, "/v1/executions?label=\(written)")
            let labels = (found.json["executions"] as? [[String: Any]] ?? []).map { $0["label"] as? String }
            #expect(labels == [label])
        }
    }

    @Test func `a label is as short as it looks`() async throws {
        try await ServiceHarness.run { harness in
            let label = String(repeating: "e" + String(repeating: "\u{301}", count: 100), count: 2)
            #expect(label.count == 2)
            let answer = try await harness.ask(
                .post,
                "/v1/executions",
                body: #"{"language":"sh","code":"print x","label":"\#(label)"}"#,
            )
            #expect(answer.status == 400)
        }
    }

    @Test func `a key's ceilings bind programs and compilers`() async throws {
        try await ServiceHarness.run { harness in
            let key = APIKey()
            _ = try await harness.service.store.add(
                key,
                caller: "ada",
                scopes: [.submit, .read],
                ceilings: CallerCeilings(wallTime: .seconds(3), memory: .megabytes(100)),
            )
            let answer = try await harness.ask(
                .post,
                "/v1/executions?wait=true",
                key: key.secret,
                body: #"{"language":"c","code":"print x","compile_limits":{"wall_time":20}}"#,
            )
            for stage in ["limits", "compile_limits"] {
                let limits = try #require(answer.json[stage] as? [String: Any], "\(answer.text)")
                #expect(limits["wall_time"] as? Int == 3)
                #expect(limits["cpu_time"] as? Int == 3)
                #expect(limits["memory"] as? Int == 100_000_000)
            }
            let capped = try #require(answer.json["capped"] as? [[String: Any]])
            #expect(capped.map { $0["stage"] as? String } == ["compile"])
        }
    }
}
