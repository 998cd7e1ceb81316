import Foundation
import HTTPTypes
import Service
import ServicePage
import Testing

/// The page's routes, in this process.
struct PageTests {
    @Test func `every file of the page is served as what it is and kept for good`() async throws {
        let directory = Repository.path("Sources/ServicePage/Page")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter {
            $0 != "index.html"
        }
        #expect(Set(names) == Set(PageFile.parts.map(\.name)))
        let types = [
            "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml",
        ]
        try await ServiceHarness.run { harness in
            for name in names {
                let answer = try await harness.ask(.get, "/page/\(PageFile.version)/\(name)")
                #expect(answer.status == 200, "\(name)")
                let kind = try #require(name.split(separator: ".").last.map(String.init))
                #expect(answer.headers[.contentType] == types[kind], "\(name)")
                #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
                #expect(
                    answer.body == FileManager.default.contents(atPath: "\(directory)/\(name)"),
                    "\(name)",
                )
            }
        }
    }

    @Test func `the document names each part by its version and asks for nothing else`() async throws {
        try await ServiceHarness.run { harness in
            let document = try await harness.ask(.get, "/")
            #expect(document.status == 200)
            #expect(document.headers[.contentType] == "text/html; charset=utf-8")
            let references = document.text.matches(of: /(?:src|href)="([^"#][^"]*)"/).map { String($0.1) }
            #expect(references.contains { $0.hasSuffix("/app.js") })
            for reference in references {
                #expect(reference.hasPrefix("/page/\(PageFile.version)/"), "\(reference)")
                let answer = try await harness.ask(.get, reference)
                #expect(answer.status == 200, "\(reference)")
            }
        }
    }

    @Test func `scripts import only what is served`() async throws {
        let names = Set(PageFile.parts.map(\.name))
        var imports = 0
        for file in PageFile.parts where file.name.hasSuffix(".js") {
            let text = String(decoding: file.contents, as: UTF8.self)
            for match in text.matches(of: /from "([^"]+)"/) {
                #expect(
                    match.1.hasPrefix("./") && names.contains(String(match.1.dropFirst(2))),
                    "\(match.1)",
                )
                imports += 1
            }
            // Nothing here makes markup, or code, of text.
            for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "srcdoc"] {
                #expect(!text.contains(way), "\(file.name) uses \(way)")
            }
        }
        #expect(imports > 20)
    }

    @Test func `a strict policy comes with every answer`() async throws {
        try await ServiceHarness.run { harness in
            for path in ["/", "/page/\(PageFile.version)/app.js"] {
                let headers = try await harness.ask(.get, path).headers
                let policy = try #require(headers[.contentSecurityPolicy])
                let directives = policy.split(separator: "; ").map(String.init)
                #expect(directives.contains("default-src 'none'"))
                #expect(directives.contains("script-src 'self'") && directives.contains("style-src 'self'"))
                #expect(directives.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("data:"))
                let names = ["x-content-type-options": "nosniff", "referrer-policy": "no-referrer"]
                for (name, value) in names {
                    #expect(headers[try #require(HTTPField.Name(name))] == value)
                }
            }
        }
    }

    @Test(arguments: ["/", "/page/\(PageFile.version)/app.js"])
    func `what a browser has is not sent again`(_ path: String) async throws {
        try await ServiceHarness.run { harness in
            let first = try await harness.ask(.get, path)
            let tag = try #require(first.headers[.eTag])
            for field in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let again = try await harness.ask(.get, path, headers: [.ifNoneMatch: field])
                #expect(again.status == 304 && again.body.isEmpty, "\(field)")
                #expect(again.headers[.eTag] == tag)
            }
            let other = try await harness.ask(.get, path, headers: [.ifNoneMatch: "\"other\""])
            #expect(other.status == 200 && other.body == first.body)
        }
    }

    @Test(arguments: [
        "/page/0000000000000000/app.js", "/page/\(PageFile.version)/none.js", "/page/x/../../etc/passwd",
    ])
    func `what is not of this version is not there`(_ path: String) async throws {
        try await ServiceHarness.run { harness in
            let status = try await harness.ask(.get, path).status
            #expect(status == 404)
        }
    }

    @Test func `the page needs no key and shows itself to no other name`() async throws {
        try await ServiceHarness.run { harness in
            let foreign = try await harness.ask(.get, "/", host: "evil.example")
            #expect(foreign.status == 403)
            _ = try await harness.key(of: "ada")
            let page = try await harness.ask(.get, "/")
            #expect(page.status == 200)
        }
    }
}
