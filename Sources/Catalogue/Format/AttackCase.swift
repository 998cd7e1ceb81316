package import SandboxModel

/// One attack: a hostile program or two, and what "contained" means for it.
///
/// `docs/prove.md` describes the file that it is read from.
package struct AttackCase: Sendable, Hashable {
    /// What is tried, in words; unique in the catalogue.
    package var id: String
    /// What it goes for.
    package var attackClass: AttackClass
    /// What is tried, in one line.
    package var title: String
    /// Where the technique is on public record: a CVE, an address, a manual page, a paper.
    package var source: String
    /// The program.
    package var program: AttackProgram
    /// The program at the other end of a channel, in a sandbox of its own.
    package var second: AttackProgram?
    /// When the second one runs.
    package var order: Order
    /// What `@@EACH@@` stands for, one after another; empty for a single run.
    package var values: [String]
    /// The walls that hold it.
    package var walls: Walls
    /// Kinds of isolation of which the programs say nothing, as they are written, and why.
    package var saysNothingOf: [IsolationKind: String] = [:]
    /// Regular expressions of what is found when it gets through as SECURITY.md says that it does; empty when it must not.
    package var known: [String] = []
    /// What must hold for the program.
    package var contained: Containment
    /// What must hold for the second program.
    package var secondContained: Containment

    /// When the second program of an attack runs.
    package enum Order: String, Sendable, Hashable, CaseIterable {
        /// At the same time as the first.
        case together
        /// When the first is gone.
        case after
    }

    /// The walls that hold an attack.
    package struct Walls: Sendable, Hashable {
        /// With any one of them switched off, the others standing, the attack gets through.
        package var names: [Wall]
        /// Whether it takes all of them to be off, as each alone would hold it.
        package var together: Bool
        /// Why, where that is not plain.
        package var because: String?

        /// Walls; `together` when each alone would hold.
        package init(_ names: [Wall], together: Bool = false, because: String? = nil) {
            self.names = names
            self.together = together
            self.because = because
        }
    }

    /// Its programs.
    package var programs: [AttackProgram] { [program] + (second.map { [$0] } ?? []) }

    /// Whether `findings` are none but those that SECURITY.md tells of.
    package func isKnown(by findings: [String]) -> Bool {
        !findings.isEmpty
            && findings.allSatisfy { finding in known.contains { Judge.matches($0, finding) } }
    }

    /// Whether it is measured by a count of the whole host, so that nothing else may run beside it.
    package var runsAlone: Bool {
        contained.host.union(secondContained.host).contains(where: \.isHostWide)
    }
}
