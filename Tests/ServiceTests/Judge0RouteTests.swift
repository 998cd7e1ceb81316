import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import SandboxModel
import Service
import Testing

@testable import Judge0

/// Judge0's routes, in this process.
struct Judge0RouteTests {
    private static func body(_ members: String, language: Int = 46) -> String {
        #"{"language_id":\#(language),\#(members)}"#
    }

    @Test func `a submission is run and judged`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let answer = try await harness.ask(
                .post,
                "/submissions?wait=true",
                body: Self.body(#""source_code":"print hi","expected_output":"hi\n""#),
            )
            #expect(answer.status == 201, "\(answer.text)")
            #expect(answer.json["stdout"] as? String == "hi")
            #expect((answer.json["status"] as? [String: Any])?["id"] as? Int == 3)
            #expect(answer.json["stderr"] is NSNull)
            #expect((answer.json["sanderling"] as? [String: Any])?["verdict"] as? String == "ok")
            let token = try #require(answer.json["token"] as? String)
            let all = try await harness.ask(.get, "/submissions/\(token)?fields=*")
            #expect(all.json["source_code"] as? String == "print hi")
            #expect(all.json["cpu_time_limit"] as? String == "5.0")
            #expect(all.json["sanderling"] == nil, "Judge0's SDK takes no fields that it does not know")
            #expect((all.json["language"] as? [String: Any])?["id"] as? Int == 46)
            let coded = try await harness.ask(
                .get,
                "/submissions/\(token)/?fields=stdout&base64_encoded=true",
            )
            #expect(coded.json as? [String: String] == ["stdout": "aGk=\n"])
            let wrong = try await harness.ask(.get, "/submissions/\(token)?fields=x,stdout,y")
            #expect(wrong.status == 400)
            #expect(wrong.json["error"] as? String == "invalid fields: [x, y]")
        }
    }

    @Test(arguments: [
        (#""source_code":"""#, "source_code", "can't be blank"),
        (#""source_code":"x","language_id":150000"#, "language_id", "language with id 150000 doesn't exist"),
        (#""source_code":"x","language_id":null"#, "language_id", "can't be blank"),
        (#""source_code":"x","number_of_runs":21"#, "number_of_runs", "must be less than or equal to 20"),
        (#""source_code":"x","number_of_runs":0"#, "number_of_runs", "must be greater than 0"),
        (#""source_code":"x","number_of_runs":0.5"#, "number_of_runs", "must be greater than 0"),
        (
            #""source_code":"x","max_processes_and_or_threads":"0.9""#, "max_processes_and_or_threads",
            "must be greater than 0",
        ),
        (
            #""source_code":"x","wall_time_limit":0.5"#, "wall_time_limit",
            "must be greater than or equal to 1",
        ),
        (#""source_code":"x","wall_time_limit":61"#, "wall_time_limit", "must be less than or equal to 60"),
        (#""source_code":"x","cpu_time_limit":"soon""#, "cpu_time_limit", "is not a number"),
        (#""source_code":"x","memory_limit":2000"#, "memory_limit", "must be greater than or equal to 2048"),
        (#""source_code":"x","enable_network":true"#, "enable_network", "enabling network is not allowed"),
        (
            #""source_code":"x","callback_url":"http://a/""#, "callback_url",
            "setting callback is not allowed",
        ),
        (
            #""source_code":"x","compiler_options":"-O2""#, "compiler_options",
            "setting compiler options is only allowed for compiled languages",
        ),
        (
            #""source_code":"x","enable_per_process_and_thread_time_limit":true"#,
            "enable_per_process_and_thread_time_limit", "this option cannot be enabled",
        ),
        (
            #""source_code":"x","additional_files":"UEsDBA==""#, "additional_files",
            "is not a ZIP archive, or is broken",
        ),
    ])
    func `what is wrong is told by its field, in Judge0's words`(
        _ members: String,
        _ field: String,
        _ message: String,
    ) async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let members = members.contains("language_id") ? members : #""language_id":46,"# + members
            let answer = try await harness.ask(.post, "/submissions", body: "{\(members)}")
            #expect(answer.status == 422, "\(answer.text)")
            #expect((answer.json[field] as? [String])?.contains(message) == true, "\(answer.text)")
        }
    }

    @Test(arguments: [
        (#""expected_output":"right\ud83d""#, "expected_output"),
        (#""expected_output":["right"]"#, "expected_output"),
        (#""stdin":"a\ud83d""#, "stdin"), (#""stdin":{"text":"a"}"#, "stdin"),
        (#""cpu_time_limit":1e400"#, "cpu_time_limit"), (#""cpu_time_limit":[1]"#, "cpu_time_limit"),
        (#""enable_network":[]"#, "enable_network"), (#""callback_url":{}"#, "callback_url"),
    ])
    func `a member that is there and cannot be read is not passed over`(
        _ member: String,
        _ field: String,
    ) async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let body = Self.body(#""source_code":"print wrong",\#(member)"#)
            let answer = try await harness.ask(.post, "/submissions?wait=true", body: body)
            #expect(answer.status == 422, "\(answer.text)")
            let message = (answer.json[field] as? [String])?.first
            #expect(message?.hasPrefix("is invalid") == true, "\(answer.text)")
            #expect(answer.json.count == 1, "\(answer.text)")
            let good = Self.body(#""source_code":"print x","stdin":null"#)
            let batch = try await harness.ask(
                .post,
                "/submissions/batch",
                body: #"{"submissions":[\#(body),\#(good)]}"#,
            )
            #expect(batch.status == 201, "\(batch.text)")
            let list = try #require(try JSONSerialization.jsonObject(with: batch.body) as? [[String: Any]])
            #expect(list.first?[field] != nil && list.last?["token"] != nil, "\(batch.text)")
        }
    }

    @Test func `a byte that is no UTF-8 is not passed over`() throws {
        let text = Self.body(#""source_code":"print wrong","expected_output":"right?""#)
        let body = Data(text.utf8.map { $0 == UInt8(ascii: "?") ? 0xFF : $0 })
        let members = try JSONDecoder().decode(SubmissionMembers.self, from: body)
        #expect(members.unreadable == ["expected_output"])
    }

    @Test func `a batch takes those that are right`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let good = Self.body(#""source_code":"print x""#)
            let answer = try await harness.ask(
                .post,
                "/submissions/batch",
                body: #"{"submissions":[\#(good),{"source_code":"x"},\#(good)]}"#,
            )
            #expect(answer.status == 201, "\(answer.text)")
            let list = try #require(try JSONSerialization.jsonObject(with: answer.body) as? [[String: Any]])
            let tokens = list.compactMap { $0["token"] as? String }
            #expect(tokens.count == 2)
            #expect(list[1]["language_id"] != nil)
            let path = "/submissions/batch?tokens=\(tokens[0]),none,\(tokens[1])&fields=token,status_id"
            while true {
                let found = try await harness.ask(.get, path)
                let submissions = try #require(found.json["submissions"] as? [Any])
                #expect(submissions.count == 3)
                #expect(submissions[1] is NSNull)
                let statuses = submissions.compactMap { ($0 as? [String: Any])?["status_id"] as? Int }
                if statuses == [3, 3] { break }
                #expect(statuses.allSatisfy { (1...3).contains($0) })
            }
            let bad = try await harness.ask(.post, "/submissions/batch", body: #"{"submissions":[{}]}"#)
            #expect(bad.status == 422)
            let items = Array(repeating: "{}", count: 101).joined(separator: ",")
            let many = try await harness.ask(
                .post,
                "/submissions/batch",
                body: #"{"submissions":[\#(items)]}"#,
            )
            #expect(many.status == 400)
            #expect((many.json["error"] as? String)?.contains("less than or equal to 100") == true)
            let odd = try await harness.ask(
                .post,
                "/submissions/batch",
                body: #"{"submissions":[7,\#(good)],"unknown":[[{}]]}"#,
            )
            #expect(odd.status == 400, "what is no submission is refused when none came before it")
            let none = try await harness.ask(.post, "/submissions/batch", body: #"{"submissions":[]}"#)
            #expect(none.json["error"] as? String == "there should be at least one submission in a batch")
            #expect(none.status == 400)
        }
    }

    @Test func `several runs are one submission`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let answer = try await harness.ask(
                .post,
                "/submissions?wait=true",
                body: Self.body(#""source_code":"print x","number_of_runs":5"#),
            )
            #expect((answer.json["status"] as? [String: Any])?["id"] as? Int == 3, "\(answer.text)")
            #expect(harness.runner.order.count == 5)
            let list = try await harness.ask(.get, "/submissions?per_page=2")
            #expect((list.json["meta"] as? [String: Any])?["total_count"] as? Int == 1)
            let token = try #require(answer.json["token"] as? String)
            let removed = try await harness.ask(.delete, "/submissions/\(token)?fields=stdout")
            #expect(removed.json as? [String: String] == ["stdout": "eA==\n"])
            let left = try await harness.ask(.get, "/v1/executions")
            #expect((left.json["executions"] as? [Any])?.isEmpty == true)
            let gone = try await harness.ask(.get, "/submissions/\(token)")
            #expect(gone.status == 404)
            #expect(gone.json["error"] != nil)
        }
    }

    @Test func `what is not over cannot be removed, and pages follow each other`() async throws {
        let runner = FakeRunner()
        try await ServiceHarness.run(runner: runner, interfaces: [.judge0]) { harness in
            for number in 0..<3 {
                _ = try await harness.ask(
                    .post,
                    "/submissions?wait=true",
                    body: Self.body(#""source_code":"print \#(number)""#),
                )
            }
            let held = try await harness.ask(
                .post,
                "/submissions",
                body: Self.body(#""source_code":"hold""#),
            )
            #expect(held.json.count == 1)
            let token = try #require(held.json["token"] as? String)
            let kept = try await harness.ask(.delete, "/submissions/\(token)")
            #expect(kept.status == 400)
            #expect(
                (kept.json["error"] as? String)?.hasPrefix("submission cannot be deleted because") == true
            )
            // A native execution is none of Judge0's.
            _ = try await harness.ask(
                .post,
                "/v1/executions?wait=true",
                body: #"{"language":"sh","code":"print n","label":"judge0"}"#,
            )
            let second = try await harness.ask(.get, "/submissions?page=2&per_page=3")
            #expect((second.json["submissions"] as? [Any])?.count == 1)
            let meta = try #require(second.json["meta"] as? [String: Any])
            #expect(meta["total_count"] as? Int == 4)
            #expect(meta["prev_page"] as? Int == 1)
            #expect(meta["next_page"] is NSNull)
            let wrong = try await harness.ask(.get, "/submissions?page=-4")
            #expect(wrong.json["error"] as? String == "invalid page: -4")
            runner.release()
        }
    }

    @Test func `one that cannot be loaded does not keep the others from being listed`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let body = Self.body(#""source_code":"print x""#)
            let made = try await harness.ask(.post, "/submissions?wait=true", body: body)
            let token = try #require(made.json["token"] as? String, "\(made.text)")
            // It is listed as one of Judge0's and then not there as such, as one that is removed in between.
            let absent = SubmissionRequest(
                program: Program(language: "sh", code: "print y"),
                note: InterfaceNote(interface: "judge0", contents: Data("{}".utf8)),
            )
            _ = try await harness.service.submit(absent, by: .local, waiting: .seconds(60))
            let list = try await harness.ask(.get, "/submissions?fields=token")
            #expect(list.status == 200, "\(list.text)")
            #expect(list.json["submissions"] as? [[String: String]] == [["token": token]], "\(list.text)")
        }
    }

    @Test func `another caller's token reads as absent on every route`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let (ada, bob) = (try await harness.key(of: "ada"), try await harness.key(of: "bob"))
            let token = HTTPField.Name("X-Auth-Token")!
            let made = try await harness.ask(
                .post,
                "/submissions?wait=true",
                body: Self.body(#""source_code":"print secret""#),
                headers: [token: ada],
            )
            let own = try #require(made.json["token"] as? String)
            let absent = "01890000-0000-4000-8000-000000000000"
            for method: HTTPRequest.Method in [.get, .delete] {
                let foreign = try await harness.ask(method, "/submissions/\(own)", headers: [token: bob])
                let none = try await harness.ask(method, "/submissions/\(absent)", headers: [token: bob])
                #expect(foreign.status == 404)
                #expect(foreign.body == none.body)
            }
            let batch = try await harness.ask(
                .get,
                "/submissions/batch?tokens=\(own)&X-Auth-Token=\(bob)",
            )
            #expect((batch.json["submissions"] as? [Any])?.first is NSNull, "\(batch.text)")
            let list = try await harness.ask(.get, "/submissions", headers: [token: bob])
            #expect((list.json["submissions"] as? [Any])?.isEmpty == true)
            let statistics = try await harness.ask(.get, "/statistics", headers: [token: bob])
            #expect((statistics.json["submissions"] as? [String: Any])?["total"] as? Int == 0)
            let mine = try await harness.ask(.get, "/statistics", headers: [token: ada])
            #expect((mine.json["submissions"] as? [String: Any])?["today"] as? Int == 1)
            let native = try await harness.ask(.get, "/submissions/\(own)?fields=stdout", key: ada)
            #expect(native.json["stdout"] as? String == "secret")
        }
    }

    @Test func `every route needs a key once there is one`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            _ = try await harness.key(of: "ada")
            let open: Set = ["/health", "/ready", "/version", "/metrics"]
            let routes = harness.routes.filter { !$0.path.hasPrefix("/v1") && !open.contains($0.path) }
            #expect(routes.count >= 19)
            for route in routes {
                let path = route.path.replacing("{token}", with: "x").replacing("{id}", with: "71")
                let answer = try await harness.ask(route.method, path)
                #expect(answer.status == 401, "\(route.method) \(path)")
                #expect(answer.json["error"] != nil || route.method == .head)
            }
        }
    }

    @Test func `what is said of the service is what its clients need`() async throws {
        try await ServiceHarness.run(
            interfaces: [.judge0],
            configure: { $0.ceilings.memory = .mebibytes(100) },
        ) {
            harness in
            let about = try await harness.ask(.get, "/about")
            #expect(about.json["version"] as? String == "1.13.1")
            let info = try await harness.ask(.get, "/config_info")
            #expect(info.json["max_memory_limit"] as? Int == 100 << 10)
            #expect(info.json["memory_limit"] as? Int == 100 << 10, "no default is beyond the ceiling")
            #expect(info.json.count == 40)
            let version = try await harness.ask(.get, "/version")
            #expect(version.json["name"] as? String == "sanderling", "this route is the service's own")
            let python = try await harness.ask(.get, "/languages/46")
            #expect((python.json["name"] as? String)?.hasPrefix("Bash (") == true, "\(python.text)")
            #expect((python.json["run_cmd"] as? String)?.hasSuffix("bash main.sh") == true, "\(python.text)")
            #expect(try await harness.ask(.get, "/languages/70").status == 404)
            #expect(try await harness.ask(.get, "/workers").status == 200)
        }
    }

    @Test func `what is not UTF-8 needs base64`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let answer = try await harness.ask(
                .post,
                "/submissions?base64_encoded=true&wait=true",
                body: #"{"language_id":"46","source_code":"cHJpbnQg//4="}"#,
            )
            #expect(answer.json["stdout"] as? String == "//4=\n", "\(answer.text)")
            let token = try #require(answer.json["token"] as? String)
            let plain = try await harness.ask(.get, "/submissions/\(token)")
            #expect(plain.status == 400)
            #expect((plain.json["error"] as? String)?.contains("cannot be converted to UTF-8") == true)
        }
    }

    @Test func `base64 can be implied`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0], configure: { $0.judge0.impliesBase64 = true }) {
            harness in
            let answer = try await harness.ask(
                .post,
                "/submissions?wait=true",
                body: #"{"language_id":46,"source_code":"cHJpbnQgaGk="}"#,
            )
            #expect(answer.json["stdout"] as? String == "aGk=\n", "\(answer.text)")
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded"])
    func `what a page's form can send is not taken`(_ media: String) async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let answer = try await harness.ask(
                .post,
                "/submissions",
                body: Self.body(#""source_code":"print x""#),
                headers: [.contentType: media],
            )
            #expect(answer.status == 400)
            #expect(answer.json["error"] != nil)
        }
    }

    @Test func `callbacks go to those alone who are listed`() async throws {
        try await ServiceHarness.run(
            interfaces: [.judge0],
            configure: { $0.judge0.callbacks = ["127.0.0.1:9"] },
        ) {
            harness in
            func ask(_ url: String) async throws -> ServiceHarness.Answer {
                try await harness.ask(
                    .post,
                    "/submissions",
                    body: Self.body(#""source_code":"print x","callback_url":"\#(url)""#),
                )
            }
            #expect(try await ask("http://127.0.0.1:9/x").status == 201)
            for url in [
                "http://127.0.0.1:10/", "http://localhost:9/", "https://127.0.0.1:9/", "http://127.0.0.1/",
            ] {
                let answer = try await ask(url)
                #expect(answer.status == 422, "\(url)")
                #expect(answer.json["callback_url"] != nil)
            }
        }
    }

    @Test func `what is not there is said in Judge0's shape`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0], configure: { $0.http.bodySize = .bytes(1_024) }) {
            harness in
            for (method, path): (HTTPRequest.Method, String) in [
                (.get, "/submissions/x/y"), (.put, "/submissions"), (.get, "/languages/71/x"),
                (.delete, "/about"),
            ] {
                let answer = try await harness.ask(method, path)
                #expect(answer.status == 404)
                #expect(Array(answer.json.keys) == ["error"], "\(method) \(path): \(answer.text)")
            }
            let native = try await harness.ask(.get, "/submission")
            #expect(native.json["code"] as? String == "not_found")
            let large = try await harness.ask(
                .post,
                "/submissions",
                body: String(repeating: " ", count: 2_000),
            )
            #expect(large.status == 413)
            #expect(Array(large.json.keys) == ["error"])
        }
    }

    @Test func `a callback by https is refused with the reason`() async throws {
        try await ServiceHarness.run(
            interfaces: [.judge0],
            configure: { $0.judge0.callbacks = ["127.0.0.1:443"] },
        ) {
            harness in
            let answer = try await harness.ask(
                .post,
                "/submissions",
                body: Self.body(#""source_code":"print x","callback_url":"HTTPS://127.0.0.1/done""#),
            )
            #expect(answer.status == 422)
            let words = (answer.json["callback_url"] as? [String])?.first
            #expect(words?.contains("https") == true, "\(answer.text)")
        }
    }

    /// The same once nothing waits or runs any more, or half a minute is over.
    private static func settledStatistics(_ harness: ServiceHarness) async throws
        -> (languages: [Int: Int], statuses: [Int: Int])
    {
        var found = try await statistics(harness)
        for _ in 0..<3_000 where found.statuses[1] != nil || found.statuses[2] != nil {
            try await Task.sleep(for: .milliseconds(10))
            found = try await statistics(harness)
        }
        return found
    }

    /// What `/statistics` counts by language and by status.
    private static func statistics(_ harness: ServiceHarness) async throws
        -> (languages: [Int: Int], statuses: [Int: Int])
    {
        let answer = try await harness.ask(.get, "/statistics")
        func counts(_ list: String, _ what: String) throws -> [Int: Int] {
            let items = try #require(answer.json[list] as? [[String: Any]], "\(answer.text)")
            let pairs = items.compactMap { item -> (Int, Int)? in
                guard let id = (item[what] as? [String: Any])?["id"] as? Int else { return nil }
                return (item["count"] as? Int).map { (id, $0) }
            }
            return Dictionary(uniqueKeysWithValues: pairs)
        }
        return (try counts("languages", "language"), try counts("statuses", "status"))
    }

    @Test func `statistics count all submissions, those judged after a kill too`() async throws {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await ServiceHarness.run(in: directory, interfaces: [.judge0]) { harness in
            for place in 0..<5 {
                let items = (0..<50).map { number in
                    Self.body(
                        #""source_code":"print \#(number % 2)","expected_output":"0""#,
                        language: place == 0 ? 43 : 46,
                    )
                }
                let batch = #"{"submissions":[\#(items.joined(separator: ","))]}"#
                #expect(try await harness.ask(.post, "/submissions/batch", body: batch).status == 201)
            }
            _ = try await harness.ask(
                .post,
                "/submissions?wait=true",
                body: Self.body(#""source_code":"print 1","expected_output":"0","number_of_runs":3"#),
            )
            let found = try await Self.settledStatistics(harness)
            // A plain text prints nothing here, so that none of those is as expected.
            #expect(found.statuses == [3: 100, 4: 151])
            #expect(found.languages == [43: 50, 46: 201])
        }
        // As it is when the service is killed before it has judged, or ran before there was such a count.
        let queue = try DatabaseQueue(path: directory + "/service.sqlite")
        try await queue.write { database in
            try database.execute(
                sql: "UPDATE submission SET interface_group = NULL, interface_outcome = NULL"
            )
        }
        try queue.close()
        try await ServiceHarness.run(in: directory, interfaces: [.judge0]) { harness in
            let found = try await Self.settledStatistics(harness)
            // A plain text prints nothing here, so that none of those is as expected.
            #expect(found.statuses == [3: 100, 4: 151])
            #expect(found.languages == [43: 50, 46: 201])
        }
    }

    @Test func `runs are kept each, and so large programs have fewer`() async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let source = "print " + String(repeating: "x", count: 4 << 20)
            func ask(_ runs: Int) async throws -> ServiceHarness.Answer {
                try await harness.ask(
                    .post,
                    "/submissions",
                    body: Self.body(#""source_code":"\#(source)","number_of_runs":\#(runs)"#),
                )
            }
            let many = try await ask(20)
            #expect(many.status == 422)
            #expect(many.json["number_of_runs"] != nil, "\(many.text)")
            #expect(try await ask(2).status == 201)
        }
    }
}
