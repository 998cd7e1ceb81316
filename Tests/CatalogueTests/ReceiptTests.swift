import Crypto
import Foundation
import SandboxModel
import Sanderling
import SchemaCheck
import Testing

@testable import Catalogue

/// A receipt's JSON, and its signature.
@Suite struct ReceiptTests {
    static let receipt: Receipt = {
        func attack(_ id: String, _ attackClass: AttackClass) -> AttackCase {
            AttackCase(
                id: id,
                attackClass: attackClass,
                title: "Try \"it\" / täglich ␛",
                source: "https://example.org/a",
                program: AttackProgram(.bash("")),
                order: .after,
                values: [],
                walls: .init([.layer(.seccomp)]),
                contained: Containment(),
                secondContained: Containment(),
            )
        }
        func path(_ path: ProvePath, _ findings: [String] = []) -> PathRecord {
            PathRecord(path: path, findings: findings, runs: 2, duration: 1.234)
        }
        return Receipt(
            sanderling: "0.1.0",
            host: HostDescription(
                name: "host",
                system: "Debian",
                architecture: "x86_64",
                processors: 2,
                memory: 25_000_000_000,
                root: true,
            ),
            kernel: "6.1.0",
            layers: [LayerState(LayerReport(layer: .seccomp, isEnforced: true, detail: "enforced"))],
            startedAt: "2026-11-25T17:00:00Z",
            duration: 100.000_4,
            paths: [.cold, .warm],
            cases: [
                CaseRecord(attack("a", .mounts), paths: [path(.cold), path(.warm)]),
                CaseRecord(
                    attack("b", .otherProcesses),
                    paths: [path(.cold), path(.warm, ["it said: BREACH", "x"])],
                ),
                CaseRecord(
                    attack("c", .otherProcesses),
                    skipped: "zig is not installed; pip install ziglang",
                ),
            ],
        )
    }()

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func schema() throws -> JSONSchema {
        try JSONSchema(contentsOf: Self.root.appending(path: "docs/receipt.schema.json"))
    }

    private func object(_ text: [UInt8]) throws -> Any { try JSONSerialization.jsonObject(with: Data(text)) }

    @Test func `a receipt is what the schema says, signed or not`() throws {
        let schema = try schema()
        let plain = try SignedReceipt(Self.receipt)
        #expect(schema.problems(of: try object(plain.text), definition: "receipt") == [])
        let signed = try SignedReceipt(Self.receipt, key: Curve25519.Signing.PrivateKey())
        #expect(schema.problems(of: try object(signed.text), definition: "receipt") == [])
        #expect(!schema.problems(of: ["receipt": 1], definition: "receipt").isEmpty)
    }

    @Test func `the schema names the same classes, paths and outcomes as the catalogue`() throws {
        let file = Self.root.appending(path: "docs/receipt.schema.json")
        let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let definitions = try #require(schema?["$defs"] as? [String: [String: Any]])
        #expect(definitions["class"]?["enum"] as? [String] == AttackClass.allCases.map(\.rawValue))
        #expect(definitions["path"]?["enum"] as? [String] == ProvePath.allCases.map(\.rawValue))
        #expect(definitions["outcome"]?["enum"] as? [String] == Outcome.allCases.map(\.rawValue))
    }

    @Test func `an attack that one path did not contain is not contained`() {
        let records = Self.receipt.cases
        #expect(records.map(\.outcome) == [.contained, .notContained, .skipped])
        #expect(records[0].reason == nil)
        #expect(records[1].reason == "warm: it said: BREACH; x")
        #expect(records[1].duration == 2.468)
        #expect(records[2].reason == "zig is not installed; pip install ziglang")
        #expect(Self.receipt.counts.total.cases == 3)
        #expect(Self.receipt.counts.classes["other-processes"]?.notContained == 1)
        #expect(!Self.receipt.proves)
    }

    @Test(arguments: [
        (["it said: BREACH: 9 locks"], true), (["it said: BREACH: 9 locks", "x"], false), (["x"], false),
        ([], false),
    ])
    func `what SECURITY.md tells of, and nothing else, does not count against a run`(
        findings: [String],
        isKnown: Bool,
    ) throws {
        let catalogue = try Catalogue()
        let attack = try #require(catalogue.cases.first { $0.id == "locks-on-every-second-byte" })
        let path = PathRecord(path: .cold, findings: findings, runs: 1, duration: 1)
        let record = CaseRecord(attack, paths: [path])
        #expect(record.outcome == (findings.isEmpty ? .contained : .notContained))
        #expect(record.known == isKnown)
        var receipt = Self.receipt
        receipt.cases = [Self.receipt.cases[0], record]
        receipt.counts = Counts(receipt.cases)
        #expect(receipt.proves == (isKnown || findings.isEmpty))
        #expect(receipt.counts.total.known == (isKnown ? 1 : 0))
        receipt.counts = Counts([record])
        #expect(receipt.proves == findings.isEmpty)
        let schema = try schema()
        #expect(schema.problems(of: try object(SignedReceipt(receipt).text), definition: "receipt") == [])
    }

    @Test func `a receipt from before anything was known is read`() throws {
        let key = Curve25519.Signing.PrivateKey()
        var receipt = Self.receipt
        receipt.cases[0].known = true
        let text = String(decoding: try SignedReceipt(receipt, key: key).text, as: UTF8.self)
        let old = text.replacing(/\s*"known" : [a-z0-9]+,/, with: "")
        #expect(old != text && !old.contains("known"))
        let read = try JSONDecoder().decode(Receipt.self, from: Data(old.utf8))
        #expect(read.cases == Self.receipt.cases && read.counts == Self.receipt.counts)
    }

    @Test func `a run in which nothing was tried proves nothing`() {
        var receipt = Self.receipt
        receipt.counts = Counts(Self.receipt.cases.filter { $0.outcome == .skipped })
        #expect(!receipt.proves)
        receipt.counts = Counts(Self.receipt.cases.filter { $0.outcome != .notContained })
        #expect(receipt.proves)
    }

    // MARK: The signature

    @Test func `what was signed is read back, however it is laid out`() throws {
        let key = Curve25519.Signing.PrivateKey()
        let text = try SignedReceipt(Self.receipt, key: key).text
        #expect(try SignedReceipt.verify(text, with: key.publicKey) == Self.receipt)
        #expect(try SignedReceipt.verify(JSONTree(text).canonical, with: key.publicKey) == Self.receipt)
    }

    @Test(arguments: [
        (#""not_contained""#, #""contained""#), ("1.234", "1.235"),
        ("\"kernel\"", "\"kernel\" : \"7\", \"kernel2\""),
        ("\"root\" : true", "\"root\" : false"), ("\"seccomp\"", "\"seccomp \""),
    ])
    func `a change is found`(old: String, new: String) throws {
        let key = Curve25519.Signing.PrivateKey()
        let text = String(decoding: try SignedReceipt(Self.receipt, key: key).text, as: UTF8.self)
        let forged = text.replacing(old, with: new, maxReplacements: 1)
        #expect(forged != text)
        #expect(throws: SignedReceipt.Problem.self) {
            try SignedReceipt.verify(Array(forged.utf8), with: key.publicKey)
        }
    }

    @Test func `another key, or none, is told`() throws {
        let (key, other) = (Curve25519.Signing.PrivateKey(), Curve25519.Signing.PrivateKey())
        let text = try SignedReceipt(Self.receipt, key: key).text
        #expect(throws: SignedReceipt.Problem(description: "it was signed with another key")) {
            try SignedReceipt.verify(text, with: other.publicKey)
        }
        #expect(throws: SignedReceipt.Problem(description: "it is no JSON with a signature")) {
            try SignedReceipt.verify(try SignedReceipt(Self.receipt).text, with: key.publicKey)
        }
    }

    @Test func `canonical bytes are those that other tools write`() throws {
        let text = try SignedReceipt(Self.receipt).text
        let process = Foundation.Process()
        let (input, output) = (Foundation.Pipe(), Foundation.Pipe())
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            "import json, sys; print(json.dumps(json.load(sys.stdin), sort_keys=True, separators=(',', ':'),"
                + " ensure_ascii=False))",
        ]
        process.environment = ["PYTHONIOENCODING": "utf-8"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text))
        try input.fileHandleForWriting.close()
        let written = try output.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        #expect(try JSONTree(text).canonical == written.map(Array.init))
    }

    // MARK: Keys

    /// The example keys of RFC 8410, section 10.
    private static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """
    private static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """

    @Test func `keys are read and written as OpenSSL does`() throws {
        let key = try KeyFile.privateKey("# mine\n\(Self.privateKey)\n")
        #expect(KeyFile.pem(of: key.publicKey) == Self.publicKey + "\n")
        #expect(
            try KeyFile.publicKey(Self.publicKey).rawRepresentation == key.publicKey.rawRepresentation
        )
    }

    @Test(arguments: [
        ("", "there is no private key in PEM"),
        ("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "the key is encrypted"),
        (
            "-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----\n",
            "the private key is not one of Ed25519",
        ),
        (publicKey, "there is no private key in PEM"),
    ])
    func `what is no private key is told`(text: String, message: String) {
        #expect { try KeyFile.privateKey(text) } throws: { "\($0)".hasPrefix(message) }
    }

    @Test func `what is no public key is told`() {
        #expect { try KeyFile.publicKey(Self.privateKey) } throws: {
            "\($0)".hasPrefix("there is no public key in PEM; make it with 'openssl pkey -in KEY -pubout'")
        }
    }
}
