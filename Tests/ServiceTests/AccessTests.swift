import Foundation
import HTTPTypes
import Hummingbird
import SandboxModel
import Service
import Testing

@testable import ServiceHTTP

/// Who reaches what.
struct AccessTests {
    @Test func `another caller's id reads as absent on every route`() async throws {
        try await ServiceHarness.run { harness in
            let (ada, bob) = (try await harness.key(of: "ada"), try await harness.key(of: "bob"))
            let body =
                #"{"executions":[{"language":"sh","code":"print secret","collect":["out.txt"],"label":"secret"}]}"#
            let batch = try await harness.ask(.post, "/v1/batches?wait=true", key: ada, body: body)
            let batchID = try #require(batch.json["id"] as? String)
            let id = try #require((batch.json["executions"] as? [[String: Any]])?.first?["id"] as? String)
            let routes = harness.routes.filter { $0.path.contains("{id}") && $0.method != .head }
            #expect(routes.count >= 7, "the matrix is about all routes with an id")
            for route in routes {
                let own = route.path.contains("batches") ? batchID : id
                let path = route.path(id: own)
                let foreign = try await harness.ask(route.method, path, key: bob)
                let absent = try await harness.ask(
                    route.method,
                    route.path(id: "01890000-0000-7000-8000-000000000000"),
                    key: bob,
                )
                #expect(foreign.status == 404, "\(route.method) \(path): \(foreign.text)")
                #expect(foreign.body == absent.body, "\(route.method) \(path) tells that there is one")
            }
            let list = try await harness.ask(.get, "/v1/executions?label=secret", key: bob)
            #expect((list.json["executions"] as? [Any])?.isEmpty == true)
            let found = try await harness.ask(.get, "/v1/executions?batch=\(batchID)", key: bob)
            #expect((found.json["executions"] as? [Any])?.isEmpty == true)
            // The same probes succeed for whom they belong to.
            for route in routes.sorted(by: { $0.method.rawValue > $1.method.rawValue }) {
                let path = route.path(id: route.path.contains("batches") ? batchID : id)
                let answer = try await harness.ask(route.method, path, key: ada)
                #expect((200..<300).contains(answer.status), "\(route.method) \(path): \(answer.text)")
            }
        }
    }

    @Test func `every route under v1 needs a key once there is one`() async throws {
        try await ServiceHarness.run { harness in
            _ = try await harness.key(of: "ada")
            for route in harness.routes where route.path.hasPrefix("/v1") {
                for key in [nil, "sanderling_wrong", ""] {
                    let answer = try await harness.ask(route.method, route.path(id: "x"), key: key)
                    #expect(answer.status == 401, "\(route.method) \(route.path)")
                }
            }
            let status1 = try await harness.ask(.get, "/metrics").status
            #expect(status1 == 401)
        }
    }

    @Test func `a key does what its scopes say and nothing once it is revoked`() async throws {
        try await ServiceHarness.run { harness in
            let reader = try await harness.key(of: "ada", [.read])
            let body = #"{"language":"sh","code":"print x"}"#
            let status2 = try await harness.ask(.post, "/v1/executions", key: reader, body: body).status
            #expect(status2 == 403)
            let status3 = try await harness.ask(.get, "/v1/executions", key: reader).status
            #expect(status3 == 200)
            let status4 = try await harness.ask(.get, "/metrics", key: reader).status
            #expect(status4 == 403)
            let admin = try await harness.key(of: "ops", [.admin])
            let status5 = try await harness.ask(.get, "/metrics", key: admin).status
            #expect(status5 == 200)
            let status6 = try await harness.ask(.get, "/v1/executions", key: admin).status
            #expect(status6 == 403)
            for key in try await harness.service.store.keys() {
                _ = try await harness.service.store.revoke(key.id)
            }
            let status7 = try await harness.ask(.get, "/v1/executions", key: reader).status
            #expect(status7 == 401)
        }
    }

    @Test func `a key that may only submit learns what it brings and nothing else`() async throws {
        try await ServiceHarness.run { harness in
            let both = try await harness.key(of: "ada")
            let submitter = try await harness.key(of: "ada", [.submit])
            let body = #"{"language":"sh","code":"print secret"}"#
            let own = try await harness.ask(.post, "/v1/executions?wait=true", key: submitter, body: body)
            #expect(own.text.contains("secret"))
            let other = try await harness.ask(.post, "/v1/executions?wait=true", key: both, body: body)
            let id = try #require(other.json["id"] as? String)
            let read = try await harness.ask(.get, "/v1/executions/\(id)", key: submitter)
            #expect(read.status == 403)
            let cancelled = try await harness.ask(.post, "/v1/executions/\(id)/cancel", key: submitter)
            #expect(cancelled.status == 204)
            #expect(cancelled.body.isEmpty)
        }
    }

    @Test(arguments: ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io:8080", ""])
    func `without keys a foreign Host is refused`(_ host: String) async throws {
        try await ServiceHarness.run { harness in
            let status8 = try await harness.ask(.get, "/v1/languages", host: host).status
            #expect(status8 == 403)
            let status9 = try await harness.ask(.get, "/version", host: "127.0.0.1:8080").status
            #expect(status9 == 200)
        }
    }

    @Test(arguments: ["https://evil.example", "http://localhost:9999", "null"])
    func `a foreign Origin is refused and a named one is not`(_ origin: String) async throws {
        try await ServiceHarness.run { harness in
            let status10 = try await harness.ask(.get, "/version", headers: [.origin: origin]).status
            #expect(status10 == 403)
            let status11 = try await harness.ask(
                .get,
                "/version",
                headers: [.origin: "http://localhost:8080"],
            ).status
            #expect(status11 == 200)
        }
        try await ServiceHarness.run(configure: { $0.http.origins = ["https://app.example"] }) { harness in
            let answer = try await harness.ask(.get, "/version", headers: [.origin: "https://app.example"])
            #expect(answer.status == 200)
            #expect(answer.headers[.accessControlAllowOrigin] == "https://app.example")
        }
    }

    @Test func `a page that may call can read refusals and fields of ours`() async throws {
        let origin = "https://app.example"
        try await ServiceHarness.run(
            interfaces: [.piston],
            configure: { $0.http.origins = [origin] },
        ) { harness in
            let refused: [(String, Int)] = [
                ("/v1/executions/none", 404), ("/none", 404), ("/v1/executions?limit=x", 400),
                ("/api/v2/connect", 400),
            ]
            for (path, status) in refused {
                let answer = try await harness.ask(.get, path, headers: [.origin: origin])
                #expect(answer.status == status, "\(answer.text)")
                #expect(answer.headers[.accessControlAllowOrigin] == origin)
                let exposed = answer.headers[.accessControlExposeHeaders] ?? ""
                #expect(exposed.contains("Location") && exposed.contains("Retry-After"))
            }
            let asked = try await harness.ask(
                .options,
                "/v1/executions",
                headers: [.origin: origin, .accessControlRequestMethod: "POST"],
            )
            #expect(asked.status == 204)
            #expect(asked.headers[.accessControlAllowOrigin] == origin)
            #expect(asked.headers[.accessControlAllowMethods]?.contains("POST") == true)
            let others = try await harness.ask(.get, "/none")
            #expect(others.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test func `what a page's form can send is not taken`() async throws {
        try await ServiceHarness.run { harness in
            let answer = try await harness.ask(
                .post,
                "/v1/executions",
                body: #"{"language":"sh","code":"x"}"#,
                headers: [.contentType: "text/plain"],
            )
            #expect(answer.status == 400)
        }
    }
}
