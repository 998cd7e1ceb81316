/// What came of an attack.
package enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// It got nowhere.
    case contained
    /// It got somewhere, or could not be judged.
    case notContained = "not_contained"
    /// It was not run, for a reason that is told.
    case skipped
}

/// What came of an attack on one path.
package struct PathRecord: Sendable, Hashable, Codable {
    /// The path.
    package var path: ProvePath
    /// ``Outcome/contained`` or ``Outcome/notContained``.
    package var outcome: Outcome
    /// What speaks against containment, a sentence each.
    package var findings: [String]
    /// How many programs ran.
    package var runs: Int
    /// How long they took, with what was looked at afterwards; in seconds.
    package var duration: Double

    /// A record of a path.
    package init(path: ProvePath, findings: [String], runs: Int, duration: Double) {
        self.path = path
        self.outcome = findings.isEmpty ? .contained : .notContained
        self.findings = findings
        self.runs = runs
        self.duration = duration
    }
}

/// What came of an attack, on every path that was tried.
package struct CaseRecord: Sendable, Hashable {
    /// The attack's name.
    package var id: String
    /// What it goes for.
    package var attackClass: AttackClass
    /// What it tries.
    package var title: String
    /// Where the technique is on public record.
    package var source: String
    /// The walls that hold it, by name.
    package var walls: [String]
    /// What came of it: ``Outcome/notContained`` when it was so on any path.
    package var outcome: Outcome
    /// Why, unless it was contained.
    package var reason: String?
    /// Whether it was not contained, but got no further than SECURITY.md says.
    package var known = false
    /// What came of it path by path; empty when it was skipped.
    package var paths: [PathRecord]

    /// How long it took on all paths, in seconds.
    package var duration: Double { (paths.reduce(0) { $0 + $1.duration } * 1_000).rounded() / 1_000 }

    /// The record of an attack that was tried on `paths`.
    package init(_ attack: AttackCase, paths: [PathRecord]) {
        self.init(attack, outcome: .contained)
        let breached = paths.filter { $0.outcome != .contained }
        self.paths = paths
        guard !breached.isEmpty else { return }
        outcome = .notContained
        known = breached.allSatisfy { attack.isKnown(by: $0.findings) }
        reason = breached.map { "\($0.path.rawValue): \($0.findings.joined(separator: "; "))" }
            .joined(separator: "; ")
    }

    /// The record of an attack that was not run, and why.
    package init(_ attack: AttackCase, skipped reason: String) {
        self.init(attack, outcome: .skipped)
        self.reason = reason
    }

    private init(_ attack: AttackCase, outcome: Outcome) {
        id = attack.id
        attackClass = attack.attackClass
        title = attack.title
        source = attack.source
        walls = attack.walls.names.map(\.name)
        self.outcome = outcome
        paths = []
    }
}

extension CaseRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case attackClass = "class"
        case title, source, walls, outcome, reason, known, duration, paths
    }

    /// Decodes a record; its duration follows from those of its paths, and nothing was known in receipts that do not say so.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        attackClass = try container.decode(AttackClass.self, forKey: .attackClass)
        title = try container.decode(String.self, forKey: .title)
        source = try container.decode(String.self, forKey: .source)
        walls = try container.decode([String].self, forKey: .walls)
        outcome = try container.decode(Outcome.self, forKey: .outcome)
        reason = try container.decodeIfPresent(String.self, forKey: .reason)
        known = try container.decodeIfPresent(Bool.self, forKey: .known) ?? false
        paths = try container.decode([PathRecord].self, forKey: .paths)
    }

    /// Encodes a record; a reason that there is none of is `null`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(attackClass, forKey: .attackClass)
        try container.encode(title, forKey: .title)
        try container.encode(source, forKey: .source)
        try container.encode(walls, forKey: .walls)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(reason, forKey: .reason)
        try container.encode(known, forKey: .known)
        try container.encode(duration, forKey: .duration)
        try container.encode(paths, forKey: .paths)
    }
}
