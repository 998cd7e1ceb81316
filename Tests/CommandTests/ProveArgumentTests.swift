import ArgumentParser
import Catalogue
import Foundation
import SandboxModel
import Testing

@testable import SanderlingCLI

/// What the options of `sanderling prove` become.
@Suite struct ProveArgumentTests {
    private func prove(_ arguments: String...) throws -> ProveCommand { try ProveCommand.parse(arguments) }

    @Test func `options reach their fields`() throws {
        let command = try prove(
            "--class",
            "network",
            "--class",
            "other-processes",
            "--case",
            "proc-1-root",
            "--path",
            "warm",
            "-j",
            "3",
            "--output",
            "r.json",
            "--key",
            "k.pem",
        )
        #expect(command.selection.classes == [.network, .otherProcesses])
        #expect(command.selection.ids == ["proc-1-root"])
        #expect(command.paths == [.warm])
        #expect(command.concurrency == 3)
        #expect(command.output == "r.json")
        #expect(command.key == "k.pem")
    }

    @Test(arguments: [
        ["--verify", "r.json"], ["--public-key", "p.pem"], ["--list", "--key", "k.pem"],
        ["--list", "--output", "r"],
        ["--isolation", "oci:runsc"], ["--isolation", "oci:docker"],
        ["--isolation", "oci:crun", "--path", "warm"],
        ["--key", "k.pem"], ["--class", "nets"], ["--path", "tepid"], ["-j", "0"], ["--format", "html"],
    ])
    func `what makes no sense is refused`(arguments: [String]) {
        #expect(throws: (any Error).self) { try ProveCommand.parse(arguments) }
    }

    @Test func `classes and names choose together, in the catalogue's order`() throws {
        let catalogue = try Catalogue()
        let first = try #require(catalogue.cases.first { $0.attackClass == .mounts })
        let command = try prove("--class", "network", "--case", first.id)
        let chosen = try command.selection.attacks(of: catalogue)
        #expect(chosen.first == first)
        #expect(chosen.dropFirst().allSatisfy { $0.attackClass == .network } && chosen.count > 1)
        #expect(try prove().selection.attacks(of: catalogue) == catalogue.cases)
    }

    @Test func `a name that is no attack's is a mistake`() throws {
        let command = try prove("--case", "proc-2-root")
        #expect(
            throws: Mistake("there is no attack 'proc-2-root'; 'sanderling prove --list' has their names")
        ) {
            try command.selection.attacks(of: try Catalogue())
        }
    }

    @Test func `a receipt for people names every attack, and what spoke against it`() throws {
        let attack = try #require(try Catalogue().cases.first)
        let path = PathRecord(path: .cold, findings: ["it said: BREACH \u{1B}[2J"], runs: 1, duration: 0.1)
        let receipt = Receipt(
            sanderling: "1",
            host: HostDescription.current().host,
            kernel: "6.1",
            layers: [],
            startedAt: "now",
            duration: 61,
            paths: [.cold],
            cases: [CaseRecord(attack, paths: [path])],
        )
        let lines = ReceiptText(receipt, style: .plain).lines
        #expect(lines.contains { $0.hasPrefix("  \(attack.id)  ✗ cold  ") })
        #expect(lines.contains("    → cold: it said: BREACH ␛[2J"))
        #expect(lines.last == "1 attack not contained, cold, in 1 min 1 s.")
    }

    @Test func `a receipt for people tells apart what SECURITY.md says gets through`() throws {
        let catalogue = try Catalogue()
        let attack = try #require(catalogue.cases.first { $0.id == "locks-on-every-second-byte" })
        let other = try #require(catalogue.cases.first { $0.known.isEmpty })
        func lines(_ findings: [String]) -> [String] {
            let path = PathRecord(
                path: .cold,
                findings: ["it said: BREACH: 9 locks"],
                runs: 1,
                duration: 0.1,
            )
            let second = PathRecord(path: .cold, findings: findings, runs: 1, duration: 0.1)
            let receipt = Receipt(
                sanderling: "1",
                host: HostDescription.current().host,
                kernel: "6.1",
                layers: [],
                startedAt: "now",
                duration: 61,
                paths: [.cold],
                cases: [CaseRecord(attack, paths: [path]), CaseRecord(other, paths: [second])],
            )
            return ReceiptText(receipt, style: .plain).lines
        }
        let known = "1 got through as SECURITY.md says: locks-on-every-second-byte."
        #expect(lines([]).suffix(2) == ["1 attack contained, cold, in 1 min 1 s.", known])
        #expect(lines(["x"]).suffix(2) == ["1 attack not contained, cold, in 1 min 1 s.", known])
        #expect(lines([]).contains("    → as SECURITY.md says: cold: it said: BREACH: 9 locks"))
    }

    @Test func `progress counts, and names what has run longest`() throws {
        let attack = try #require(try Catalogue().cases.first)
        var progress = ProveProgress(total: 4)
        progress.note(.started(attack, .cold), at: .zero)
        progress.note(.started(attack, .warm), at: .seconds(1))
        let record = PathRecord(path: .cold, findings: [], runs: 1, duration: 0.1)
        #expect(
            progress.text(at: .seconds(2), frame: 0, columns: 200)
                == "⠋ 0/4  0 contained, 0 not  cold: \(attack.id) 2 s (+1)"
        )
        progress.note(.finished(attack, record), at: .seconds(2))
        #expect(
            progress.text(at: .seconds(2), frame: 1, columns: 200)
                == "⠙ 1/4  1 contained, 0 not  warm: \(attack.id) 1 s"
        )
        #expect(progress.text(at: .seconds(2), frame: 1, columns: 20).count < 20)
    }
}
