import Foundation
import SandboxModel
import Testing

@testable import Service

/// Reading the configuration.
struct ConfigurationTests {
    private func load(
        _ text: String = "",
        flags: [String: String] = [:],
        environment: [String: String] = [:],
    ) async throws -> LoadedConfiguration {
        let path = NSTemporaryDirectory() + "sanderling-\(UUID().uuidString).yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try LoadedConfiguration(
            try await ConfigurationSources(flags: flags, environment: environment, file: path)
        )
    }

    @Test func `flags win over the environment and that over the file`() async throws {
        let loaded = try await load(
            "http: {port: 1, host: localhost}\nqueue:\n  length: 7\nlimits: {memory: 2GB}\npolicy: {allow_missing: [landlock]}",
            flags: ["http.port": "3"],
            environment: ["SANDERLING_HTTP_PORT": "2", "SANDERLING_QUEUE_LENGTH": "8"],
        )
        #expect(loaded.configuration.http.port == 3)
        #expect(loaded.configuration.queue.length == 8)
        #expect(loaded.configuration.http.host == "localhost")
        #expect(loaded.configuration.ceilings.memory.bytes == 2_000_000_000)
        #expect(loaded.configuration.policy.allowMissing == [.landlock])
        #expect(loaded.written["queue.length"]?.origin == "the environment")
    }

    @Test func `all mistakes are told at once with their mends`() async throws {
        let error = await #expect(throws: ConfigurationMistakes.self) {
            try await load(
                "queue: {lenght: 5}\nhttp: {port: 99999, body: 0}\nstore: {recovery: maybe}\nmetrics: {token: hunter2}\ntls: {certificate: a.pem}"
            )
        }
        let text = try #require(error).description
        #expect(text.contains("unknown setting 'queue.lenght'; did you mean 'queue.length'?"))
        #expect(text.contains("http.port: '99999' is too large"))
        #expect(text.contains("http.body: '0' is zero"))
        #expect(text.contains("store.recovery: 'maybe' is not known; write one of rerun, report"))
        #expect(text.contains("tls.certificate is set and tls.private_key is not"))
        #expect(text.contains("metrics.token"))
        #expect(!text.contains("hunter2"), "a secret is not told, not even a wrong one")
    }

    @Test func `the local socket can be left out, and its group is one of this host`() async throws {
        #expect(try await load(flags: ["socket.path": ""]).configuration.socketPath == nil)
        #expect(try await load("socket: {group: root}").configuration.socket.group == "root")
        let error = await #expect(throws: ConfigurationMistakes.self) {
            try await load("socket: {group: no-such-group}")
        }
        #expect(
            "\(try #require(error))".contains("socket.group: there is no group 'no-such-group' on this host")
        )
    }

    @Test func `secrets are hidden where settings are shown`() async throws {
        let loaded = try await load("metrics: {token: 0123456789abcdef}")
        let line = try #require(loaded.lines.first { $0.setting.key == "metrics.token" })
        #expect(line.value == "(hidden)")
        #expect(loaded.configuration.metricsToken == "0123456789abcdef")
    }

    @Test func `every default can be written as it is shown`() async throws {
        let flags = Setting.all.filter { $0.defaultText?.isEmpty == false }.map {
            ($0.key, $0.defaultText ?? "")
        }
        let loaded = try await load(flags: Dictionary(uniqueKeysWithValues: flags))
        #expect(loaded.configuration == ServiceConfiguration())
    }

    @Test func `every setting is documented by key and default`() throws {
        let page = try String(contentsOfFile: Repository.path("docs/service.md"), encoding: .utf8)
        for setting in Setting.all {
            #expect(page.contains("| `\(setting.key)` |"), "\(setting.key) is not in docs/service.md")
        }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("localhost", true), ("::1", true), ("0.0.0.0", false),
        ("127.0.0.1.example.org", false),
    ])
    func `only loopback addresses are loopback`(_ host: String, _ isLoopback: Bool) {
        var http = ServiceConfiguration.HTTP()
        http.host = host
        #expect(http.isLoopback == isLoopback)
    }
}
