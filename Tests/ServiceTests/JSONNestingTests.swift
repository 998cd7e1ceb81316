import HTTPTypes
import NIOCore
import Service
import ServiceHTTP
import Testing

/// How deep a body may be.
struct JSONNestingTests {
    private static let most = JSONNesting.most

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test(arguments: [
        nested(most), #"{"a":\#(nested(most - 1))}"#,
        // Side by side, and in texts, with and without a quote that is escaped.
        "[" + Array(repeating: "[]", count: 100).joined(separator: ",") + "]",
        #"{"a":"\#(nested(100))","b":"\\","c":"\"\#(nested(100))"}"#, "", "]]]",
    ])
    func `what is as deep as it may be is taken`(_ text: String) {
        #expect(throws: Never.self) { try JSONNesting.check(ByteBuffer(string: text)) }
    }

    @Test(arguments: [
        nested(most + 1), #"{"a":\#(nested(most))}"#, String(repeating: "[", count: 10_000),
        String(repeating: #"{"a":"#, count: most + 1), #"{"a":"\\","b":\#(nested(most))}"#,
    ])
    func `what is deeper is refused`(_ text: String) {
        let error = #expect(throws: ServiceError.self) { try JSONNesting.check(ByteBuffer(string: text)) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("nested") == true)
    }

    @Test func `what hides its depth in another encoding is refused`() {
        // U+2200 has the byte of a quote in UTF-16, and so a text would seem to begin.
        let bytes = "\u{2200}[".utf16.flatMap { [UInt8(truncatingIfNeeded: $0 & 0xFF), UInt8($0 >> 8)] }
        #expect(throws: ServiceError.self) { try JSONNesting.check(ByteBuffer(bytes: bytes)) }
    }

    @Test(arguments: ["/v1/executions", "/v1/batches", "/submissions", "/submissions/batch"])
    func `every body of JSON is looked at`(_ path: String) async throws {
        try await ServiceHarness.run(interfaces: [.judge0]) { harness in
            let body = #"{"x":\#(Self.nested(100_000))}"#
            let answer = try await harness.ask(.post, path, body: body)
            #expect(answer.status == 400)
            #expect(answer.text.contains("nested more than 32 levels deep"), "\(answer.text)")
        }
    }
}
