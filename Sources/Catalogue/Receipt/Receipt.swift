package import SandboxModel
package import Sanderling

/// What a host's owner can show of a run of the catalogue: the host, its walls, and what came of every attack.
///
/// `docs/receipt.schema.json` describes its JSON. Times are seconds, to the millisecond.
package struct Receipt: Sendable, Hashable, Codable {
    /// The version of this form.
    package var receipt = 1
    /// Sanderling's own version.
    package var sanderling: String
    /// The machine.
    package var host: HostDescription
    /// The kernel's release, as `uname -r` has it.
    package var kernel: String
    /// What kept the attacks in; `nil` in receipts from before there was a choice, which are of namespaces.
    package var isolation: IsolationKind?
    /// Every layer, and whether this host enforces it.
    package var layers: [LayerState]
    /// When the run began, in ISO 8601.
    package var startedAt: String
    /// How long it took.
    package var duration: Double
    /// The paths that were tried.
    package var paths: [ProvePath]
    /// What came of each attack.
    package var cases: [CaseRecord]
    /// How many came to what.
    package var counts: Counts

    private enum CodingKeys: String, CodingKey {
        case receipt, sanderling, host, kernel, isolation, layers
        case startedAt = "started_at"
        case duration, paths, cases, counts
    }

    /// A receipt for `cases`.
    package init(
        sanderling: String,
        host: HostDescription,
        kernel: String,
        isolation: IsolationKind = .namespaces,
        layers: [LayerState],
        startedAt: String,
        duration: Double,
        paths: [ProvePath],
        cases: [CaseRecord],
    ) {
        self.sanderling = sanderling
        self.host = host
        self.kernel = kernel
        self.isolation = isolation
        self.layers = layers
        self.startedAt = startedAt
        self.duration = (duration * 1_000).rounded() / 1_000
        self.paths = paths
        self.cases = cases
        counts = Counts(cases)
    }

    /// Whether something was contained, and nothing got through but what SECURITY.md says.
    package var proves: Bool { counts.total.notContained == counts.total.known && counts.total.contained > 0 }
}

/// A layer, and whether the host enforces it.
package struct LayerState: Sendable, Hashable, Codable {
    /// The layer's name.
    package var layer: String
    /// Whether the host enforces it.
    package var enforced: Bool
    /// What was found, in a few words.
    package var detail: String

    /// What a survey of the host says of a layer.
    package init(_ report: LayerReport) {
        layer = report.layer.rawValue
        enforced = report.isEnforced
        detail = report.detail
    }
}

/// How many attacks came to what, altogether and by class.
package struct Counts: Sendable, Hashable, Codable {
    /// How many came to what.
    package struct Tally: Sendable, Hashable, Codable {
        /// Attacks that got nowhere.
        package var contained = 0
        /// Attacks that got somewhere, or could not be judged.
        package var notContained = 0
        /// Those of the latter that got no further than SECURITY.md says.
        package var known = 0
        /// Attacks that were not run.
        package var skipped = 0

        private enum CodingKeys: String, CodingKey {
            case contained
            case notContained = "not_contained"
            case known, skipped
        }

        /// No attack.
        package init() {}

        /// Decodes a tally; receipts from before it was told know of no attack.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            contained = try container.decode(Int.self, forKey: .contained)
            notContained = try container.decode(Int.self, forKey: .notContained)
            known = try container.decodeIfPresent(Int.self, forKey: .known) ?? 0
            skipped = try container.decode(Int.self, forKey: .skipped)
        }

        /// Of all attacks.
        package var cases: Int { contained + notContained + skipped }

        fileprivate mutating func add(_ record: CaseRecord) {
            switch record.outcome {
            case .contained: contained += 1
            case .notContained: notContained += 1
            case .skipped: skipped += 1
            }
            if record.known { known += 1 }
        }
    }

    /// Of all attacks.
    package var total = Tally()
    /// Of the attacks of each class that there were any of, by the class's name.
    package var classes: [String: Tally] = [:]

    /// The counts of `cases`.
    package init(_ cases: [CaseRecord]) {
        for record in cases {
            total.add(record)
            classes[record.attackClass.rawValue, default: Tally()].add(record)
        }
    }
}
