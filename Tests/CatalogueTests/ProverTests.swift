import Foundation
import SandboxModel
import Sanderling
import Synchronization
import Testing

@testable import Catalogue

/// Attacks that are run for real; `make prove` runs all there are.
///
/// One at a time: each test of the suite has the host's bait and counts to itself.
@Suite(.serialized) struct ProverTests {
    private static let catalogue = Result { try Catalogue() }

    /// Some of a class that do not measure the whole host, which other tests move too.
    private func some(of attackClass: AttackClass) throws -> [AttackCase] {
        let all = try Self.catalogue.get().cases.filter { $0.attackClass == attackClass && !$0.runsAlone }
        return Array(all.prefix(3))
    }

    @Test(arguments: AttackClass.allCases)
    func `attacks of each class are contained, cold and warm`(attackClass: AttackClass) async throws {
        let attacks = try some(of: attackClass)
        let known = try knownToGetThrough
        let records = try await Prover(attacks, concurrency: 3).prove()
        #expect(records.map(\.id) == attacks.map(\.id))
        for record in records {
            #expect(record.paths.map(\.path) == [.cold, .warm])
            // What gets through on one kernel may not on another.
            withKnownIssue(isIntermittent: true) {
                #expect(record.outcome == .contained, "\(record.id): \(record.reason ?? "")")
            } when: {
                known.contains(record.id)
            }
        }
    }

    @Test(arguments: AttackClass.allCases)
    func `attacks that landlock isolation has walls for are contained, and no other is run`(
        attackClass: AttackClass
    ) async throws {
        let known = try knownToGetThrough
        let attacks = try Self.catalogue.get().cases
            .filter { $0.attackClass == attackClass && !$0.runsAlone && !known.contains($0.id) }
        let runnable = attacks.filter { $0.obstacle(in: .landlock) == nil }
        let others = attacks.filter { $0.obstacle(in: .landlock) != nil }
        let chosen = Array(runnable.prefix(3) + others.prefix(1))
        let records = try await Prover(chosen, paths: [.cold], concurrency: 3, isolation: .landlock).prove()
        for record in records {
            let isSkipped = others.contains { $0.id == record.id }
            #expect(
                record.outcome == (isSkipped ? .skipped : .contained),
                "\(record.id): \(record.reason ?? "")",
            )
            #expect(record.outcome == .contained || record.reason != nil)
        }
    }

    @Test func `an attack that only an absent layer holds says nothing of an isolation without it`() {
        func obstacle(_ layers: [Layer], together: Bool) -> String? {
            var attack = attack("", Containment(verdicts: [.ok]))
            attack.walls = .init(layers.map(Wall.layer), together: together)
            return attack.obstacle(in: .landlock)
        }
        #expect(obstacle([.seccomp, .landlock], together: false) == nil)
        #expect(obstacle([.seccomp, .pidNamespace], together: false)?.contains("pid_namespace") ?? false)
        #expect(obstacle([.seccomp, .pidNamespace], together: true) == nil)
        #expect(obstacle([.mountNamespace, .pidNamespace], together: true) != nil)
        let everywhere = attack("", Containment(verdicts: [.ok]))
        #expect(everywhere.obstacle(in: .namespaces) == nil)
    }

    @Test func `the attacks that SECURITY.md says get through are those that the catalogue says do`() throws {
        let known = try Self.catalogue.get().cases.filter { !$0.known.isEmpty }
        #expect(try knownToGetThrough == Set(known.map(\.id)))
    }

    /// The attacks that SECURITY.md lists, each with its reason, as ones that get through.
    private var knownToGetThrough: Set<String> {
        get throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let text = try String(contentsOf: root.appending(path: "SECURITY.md"), encoding: .utf8)
            let section = text.split(separator: "## Attacks that get through").dropFirst().first ?? ""
            let items = section.prefix { $0 != "#" }.matches(of: /(?m)^- ([^:]*):/)
            return Set(items.flatMap { $0.1.matches(of: /`([a-z0-9-]+)`/).map { String($0.1) } })
        }
    }

    /// An attack that is none, to see what the prover makes of it.
    private func attack(
        _ code: String,
        _ contained: Containment,
        language: String = "bash",
        values: [String] = [],
        limits: Limits = Limits(),
        second: String? = nil,
    ) -> AttackCase {
        AttackCase(
            id: "attack",
            attackClass: .betweenSandboxes,
            title: "Try",
            source: "none",
            program: AttackProgram(Program(language: language, code: code), limits: limits),
            second: second.map { AttackProgram(.bash($0)) },
            order: .together,
            values: values,
            walls: .init([.layer(.seccomp)]),
            contained: contained,
            secondContained: Containment(verdicts: contained.verdicts),
        )
    }

    private func record(_ attack: AttackCase, on path: ProvePath = .cold) async throws -> PathRecord {
        let record = try await Prover([attack], paths: [path], concurrency: 1).prove()
        return try #require(record.first?.paths.first)
    }

    @Test func `a program that says it got through is not contained`() async throws {
        let record = try await record(attack("echo BREACH: @@MARK@@", Containment()))
        #expect(record.outcome == .notContained)
        #expect(record.findings.count == 1)
        #expect(record.findings.first?.hasPrefix("it said: BREACH: sbx") == true)
    }

    @Test func `what a program makes of itself is held against the case's rules`() async throws {
        let rules = Containment(verdicts: [.nonzeroExit], exit: .each, output: ["^[0-9]+\\n$"])
        let record = try await record(
            attack("echo @@EACH@@; exit @@EACH@@", rules, values: ["3", "255", "0"])
        )
        #expect(record.findings == ["with '0': the verdict is ok, not nonzero_exit"])
        #expect(record.runs == 3)
    }

    @Test func `both programs of a pair are judged`() async throws {
        let pair = attack("exit 0", Containment(host: [.nextRun]), second: "exit 7")
        let record = try await record(pair, on: .warm)
        #expect(record.findings.count == 1)
        #expect(record.findings.first?.hasPrefix("the second program: the verdict is nonzero_exit") == true)
        #expect(record.runs == 2)
    }

    @Test func `a request that is refused proves nothing`() async throws {
        let record = try await record(attack("exit 0", Containment(), limits: Limits(processes: 0)))
        #expect(record.outcome == .notContained)
        #expect(record.findings.first?.hasPrefix("it could not be run: ") == true)
    }

    @Test func `an attack in a language that is not here is skipped, with the reason`() async throws {
        var absent = attack("", Containment())
        absent.program.program.language = "zig"
        let prover = Prover([absent], concurrency: 1)
        let (runnable, skipped) = try prover.census()
        // Who has it installed has nothing to skip.
        guard runnable.isEmpty else { return }
        #expect(skipped.first?.outcome == .skipped)
        #expect(skipped.first?.reason?.contains("zig is not installed") == true)
    }

    @Test func `cancelling ends a run`() async throws {
        let endless = attack("sleep 100", Containment(), limits: Limits(wallTime: .seconds(100)))
        let (started, begun) = AsyncStream<Void>.makeStream()
        let task = Task {
            try await Prover([endless], paths: [.cold], concurrency: 1).prove { _ in begun.yield() }
        }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
