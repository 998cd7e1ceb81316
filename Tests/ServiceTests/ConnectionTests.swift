import Foundation
import HTTPTypes
import SandboxModel
import Service
import Testing

/// Callers that vanish, dawdle or send too much, over real connections.
struct ConnectionTests {
    /// An output that no system keeps for a connection whose peer reads nothing.
    private static let large = String(repeating: "x", count: 7_000_000)

    private static func states(_ harness: ServiceHarness) async throws -> [String] {
        try await harness.service.list(ExecutionFilter(), for: .local).map { $0.verdict?.rawValue ?? "none" }
    }

    @Test func `a program of Piston's ends when its caller vanishes`() async throws {
        let runner = FakeRunner()
        try await ServiceHarness.run(runner: runner, interfaces: [.piston]) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                let body = #"{"language":"bash","version":"*","files":[{"content":"hold"}]}"#
                client.post("/api/v2/execute", body)
                #expect(await client.waits { _ in runner.order.count == 1 })
                await client.vanish()
                #expect(try await client.waits { _ in try await Self.states(harness) == ["cancelled"] })
            }
            runner.release()
        }
    }

    @Test func `a program that waits for its turn never runs when its caller vanishes`() async throws {
        let runner = FakeRunner()
        try await ServiceHarness.run(
            runner: runner,
            interfaces: [.piston],
            configure: { $0.queue.concurrency = 1 },
        ) { harness in
            try await harness.serve { port in
                let (first, second) = (try await RawClient(port: port), try await RawClient(port: port))
                let body = #"{"language":"bash","version":"*","files":[{"content":"hold"}]}"#
                first.post("/api/v2/execute", body)
                #expect(await first.waits { _ in runner.order.count == 1 })
                second.post("/api/v2/execute", body)
                #expect(try await second.waits { _ in try await Self.states(harness).count == 2 })
                await second.vanish()
                let isCancelled = try await second.waits { _ in
                    var filter = ExecutionFilter()
                    filter.state = .cancelled
                    return try await harness.service.list(filter, for: .local).count == 1
                }
                #expect(isCancelled)
                runner.release()
                #expect(await first.waits { $0.text.contains(#""code":0"#) })
                #expect(runner.order.count == 1)
                await first.vanish()
            }
        }
    }

    @Test(arguments: ["/api/v2/execute", "/submissions", "/v1/executions"])
    func `a body that is too large ends its connection`(_ path: String) async throws {
        try await ServiceHarness.run(
            interfaces: [.piston, .judge0],
            configure: { $0.http.bodySize = .bytes(1_024) },
        ) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                // What is announced never comes.
                client.post(path, "{", length: 100_000)
                #expect(await client.waits { $0.text.hasPrefix("HTTP/1.1 413 ") })
                #expect(await client.waits { $0.isOver }, "\(client.text)")
            }
        }
    }

    @Test(arguments: [
        "POST /v1/executions HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 1000000",
        "POST /none HTTP/1.1\r\nTransfer-Encoding: chunked",
        "POST /api/v2/execute HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 1000000",
    ])
    func `a body that goes on after it was refused ends its connection`(_ head: String) async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                client.send("\(head)\r\nHost: localhost\r\n\r\n")
                #expect(await client.waits { $0.text.hasPrefix("HTTP/1.1 4") })
                #expect(
                    await client.waits { client in
                        client.send(head.contains("chunked") ? "1\r\nx\r\n" : "x")
                        return client.isOver
                    }
                )
            }
        }
    }

    @Test(arguments: [
        "HTTP/1.1\r\nConnection: close", "HTTP/1.1\r\nConnection: Close", "HTTP/1.1\r\nConnection: x, CLOSE",
        "HTTP/1.0",
    ])
    func `a connection is closed when it is asked for`(_ rest: String) async throws {
        try await ServiceHarness.run(configure: { $0.http.idleTime = .seconds(600) }) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                client.send("GET /version \(rest)\r\nHost: localhost\r\n\r\n")
                #expect(await client.waits { $0.isOver })
                #expect(client.text.contains(" 200 "))
            }
        }
    }

    @Test func `a body that comes whole after its answer keeps its connection`() async throws {
        try await ServiceHarness.run { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                client.send(
                    "POST /none HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\na"
                )
                #expect(await client.waits { $0.text.hasPrefix("HTTP/1.1 404 ") })
                client.send("bcGET /version HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(await client.waits { $0.text.contains("HTTP/1.1 200 ") })
                await client.vanish()
            }
        }
    }

    @Test(arguments: ["/v1/executions", "/submissions", "/api/v2/execute"])
    func `a body that breaks off is no failure of the service`(_ path: String) async throws {
        try await ServiceHarness.run(interfaces: [.piston, .judge0]) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                // A size that is none ends a body of chunks as a caller does that goes, and leaves the way back open.
                client.send(
                    "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\nzz\r\n"
                )
                #expect(await client.waits { $0.text.hasPrefix("HTTP/1.1 400 ") || $0.isOver })
                #expect(!client.text.hasPrefix("HTTP/1.1 500 "))
                #expect(await client.waits { $0.isOver })
            }
        }
    }

    @Test func `who does not read an answer is let go`() async throws {
        try await ServiceHarness.run(configure: { $0.http.idleTime = .milliseconds(500) }) { harness in
            let id = try await Self.execution(harness, writing: Self.large.utf8.count)
            try await harness.serve { port in
                let client = try await RawClient(port: port, reads: false)
                client.send("GET /v1/executions/\(id) HTTP/1.1\r\nHost: localhost\r\n\r\n")
                // Ten times as long as it may take nothing.
                try await Task.sleep(for: .seconds(5))
                await client.read()
                #expect(await client.waits { $0.isOver })
                #expect(client.bytes.count < Self.large.utf8.count)
            }
        }
    }

    @Test func `who asks again and again and reads nothing keeps nobody out`() async throws {
        try await ServiceHarness.run(
            configure: {
                $0.http.idleTime = .milliseconds(500)
                $0.http.connections = 3
            }
        ) { harness in
            // Whole answers of fifty kilobytes.
            let id = try await Self.execution(harness, writing: 50_000)
            try await harness.serve { port in
                var silent: [RawClient] = []
                for _ in 0..<3 {
                    let client = try await RawClient(port: port, reads: false)
                    // What is answered is more than systems keep for either side.
                    let question = "GET /v1/executions/\(id) HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    client.send(String(repeating: question, count: 400))
                    silent.append(client)
                }
                // Where the machine is busy, half a second may be over before a question is heard: who is let go then asks again.
                var isServed = false
                let begun = ContinuousClock.now
                while !isServed, begun.duration(to: .now) < .seconds(120) {
                    let other = try await RawClient(port: port)
                    other.send("GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    _ = await other.waits { $0.isOver || !$0.bytes.isEmpty }
                    isServed = other.text.hasPrefix("HTTP/1.1 200 ")
                    await other.vanish()
                }
                #expect(isServed)
                for client in silent { await client.vanish() }
            }
        }
    }

    @Test func `who does not read events is let go`() async throws {
        try await ServiceHarness.run(configure: { $0.http.idleTime = .milliseconds(500) }) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port, reads: false)
                let body = #"{"language":"sh","code":"flood \#(Self.large.utf8.count)"}"#
                client.send(
                    "POST /v1/executions HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                        + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                try await Task.sleep(for: .seconds(5))
                await client.read()
                #expect(await client.waits { $0.isOver })
                #expect(client.bytes.count < Self.large.utf8.count)
            }
        }
    }

    @Test func `who reads an answer slowly gets all of it`() async throws {
        try await ServiceHarness.run { harness in
            let id = try await Self.execution(harness, writing: Self.large.utf8.count)
            try await harness.serve { port in
                let client = try await RawClient(port: port, reads: false)
                client.send(
                    "GET /v1/executions/\(id) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                )
                try await Task.sleep(for: .seconds(1))
                await client.read()
                #expect(await client.waits { $0.isOver })
                #expect(client.bytes.count > Self.large.utf8.count)
                #expect(client.text.hasSuffix("}\n"))
            }
        }
    }

    @Test func `who does not read a WebSocket is let go although it is heard`() async throws {
        try await ServiceHarness.run(configure: { $0.http.idleTime = .seconds(15) }) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port, keepsLittle: true)
                #expect(try await client.openSocket("/v1/executions/socket"))
                await client.read(false)
                client.sendMessage(#"{"language":"sh","code":"flood \#(Self.large.utf8.count)"}"#)
                #expect(
                    await client.waits { client in
                        client.sendPong()
                        return client.isOver
                    }
                )
                #expect(client.bytes.count < Self.large.utf8.count)
                #expect(try await client.waits { _ in try await Self.states(harness) == ["ok"] })
            }
        }
    }

    private static func execution(_ harness: ServiceHarness, writing count: Int) async throws -> String {
        let made = try await harness.ask(
            .post,
            "/v1/executions?wait=true",
            body: #"{"language":"sh","code":"print \#(large.prefix(count))"}"#,
        )
        return try #require(made.json["id"] as? String)
    }

    @Test(arguments: ["/v1/executions/socket", "/api/v2/connect"])
    func `who goes from a WebSocket takes its program along`(_ path: String) async throws {
        let runner = FakeRunner()
        try await ServiceHarness.run(runner: runner, interfaces: [.piston]) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                #expect(try await client.openSocket(path))
                let program =
                    path.hasPrefix("/v1")
                    ? #"{"language":"sh","code":"hold"}"#
                    : #"{"type":"init","language":"bash","version":"*","files":[{"content":"hold"}]}"#
                client.sendMessage(program)
                #expect(await client.waits { _ in runner.order.count == 1 })
                await client.vanish()
                #expect(try await client.waits { _ in try await Self.states(harness) == ["cancelled"] })
            }
            runner.release()
        }
    }

    @Test(arguments: ["{}", #"{"type":"none"}"#, "[]"])
    func `a message that submits nothing does not put off the time for one`(_ message: String) async throws {
        try await ServiceHarness.run(interfaces: [.piston]) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                #expect(try await client.openSocket("/api/v2/connect"))
                client.sendMessage(message)
                #expect(await client.waits { $0.text.contains("Initialization Timeout") })
                #expect(await client.waits { $0.isOver })
            }
        }
    }

    @Test func `a program whose input is full is killed when its caller goes`() async throws {
        let runner = FakeRunner()
        try await ServiceHarness.run(
            runner: runner,
            configure: { $0.http.idleTime = .seconds(15) },
        ) { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                #expect(try await client.openSocket("/v1/executions/socket"))
                client.sendMessage(#"{"language":"sh","code":"hold"}"#)
                #expect(await client.waits { _ in runner.order.count == 1 })
                // The program reads none of it, and what is beyond a mebibyte is waited for.
                let input = String(repeating: "y", count: 700_000)
                for _ in 0..<4 { client.sendMessage(#"{"type":"stdin","data":"\#(input)"}"#) }
                await client.vanish()
                #expect(try await client.waits { _ in try await Self.states(harness) == ["cancelled"] })
            }
            runner.release()
        }
    }

    @Test(arguments: ["evil.example", "http://localhost:1", "null"])
    func `a page of somebody else's gets no WebSocket`(_ origin: String) async throws {
        try await ServiceHarness.run { harness in
            try await harness.serve { port in
                let client = try await RawClient(port: port)
                client.send(
                    "GET /v1/executions/socket HTTP/1.1\r\nHost: localhost\r\nOrigin: \(origin)\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                )
                #expect(await client.waits { $0.text.hasPrefix("HTTP/1.1 403 ") })
                #expect(await client.waits { $0.isOver })
            }
        }
    }
}
