import Foundation
import HTTPTypes
import Testing
import Yams

@testable import ServiceHTTP

/// `docs/openapi.yaml` against the routes.
struct OpenAPITests {
    /// What a browser alone asks for.
    private static let page: Set = ["/", "/page/{version}/{name}"]

    @Test func `the file describes the routes there are and no others`() async throws {
        let text = try String(contentsOfFile: Repository.path("docs/openapi.yaml"), encoding: .utf8)
        let document = try #require(try Yams.load(yaml: text) as? [String: Any])
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        let methods: Set = ["get", "post", "put", "delete"]
        let described = Set(
            paths.flatMap { path, item in item.keys.filter(methods.contains).map { "\($0) \(path)" } }
        )
        try await ServiceHarness.run { harness in
            let routes = harness.routes.filter { $0.method != .head && !Self.page.contains($0.path) }
            let present = routes.map { route in
                "\(route.method.rawValue.lowercased()) " + route.path.replacing("**", with: "{path}")
            }
            #expect(described == Set(present))
        }
    }

    @Test func `every operation has an answer and a name of its own`() throws {
        let text = try String(contentsOfFile: Repository.path("docs/openapi.yaml"), encoding: .utf8)
        let document = try #require(try Yams.load(yaml: text) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        var names: [String] = []
        for (path, item) in paths {
            for (method, operation) in item where method != "parameters" {
                let operation = try #require(operation as? [String: Any])
                names.append(try #require(operation["operationId"] as? String, "\(method) \(path)"))
                #expect((operation["responses"] as? [String: Any])?.isEmpty == false)
            }
        }
        #expect(Set(names).count == names.count)
    }
}
