public import Languages
public import SandboxModel

extension Sandbox: BatchExecutor {
    /// Refuses samples that this host cannot carry out as they ask.
    ///
    /// Every language is looked for, and the analyser where a sample is audited. Every combination of policy and limits
    /// is checked against the host, once, and a program that does nothing is run under the strictest of walls.
    ///
    /// - Parameter samples: All samples of a batch.
    /// - Returns: The optional samples whose languages are not installed.
    /// - Throws: ``BatchRefusal`` with every sample that lacks its language or the analyser;
    ///   ``/SandboxModel/SandboxError``: `layerUnavailable` or `invalidRequest`.
    public func check(_ samples: [BatchSample]) async throws -> [SkippedSample] {
        try await offload { [self] in
            var census = SampleCensus(languages: configuration.languages)
            for sample in samples { census.add(sample) }
            guard census.reasons.isEmpty else { throw BatchRefusal(reasons: census.reasons) }
            let skipped = Set(census.skipped.map(\.index))
            let requests = Set(
                samples.filter { !skipped.contains($0.index) }
                    .map { Request(policy: $0.policy, limits: $0.limits) }
            )
            for request in requests {
                try ProgramPreparation.check(request.policy)
                try ProgramPreparation.check(request.limits)
                _ = try engine(for: request.policy.isolation).settle(
                    policy: request.policy,
                    limits: request.limits,
                )
            }
            let kinds = requests.isEmpty ? [configuration.isolation] : Set(requests.map(\.policy.isolation))
            for isolation in kinds {
                try engine(for: isolation).runProbe()
            }
            return census.skipped
        }
    }

    private struct Request: Hashable {
        let policy: Policy
        let limits: Limits
    }

    /// Runs a sample once.
    ///
    /// - Parameter sample: What to run, with its input, policy and limits.
    /// - Returns: Its record.
    /// - Throws: ``/SandboxModel/SandboxError`` when it could not be run.
    public func execute(_ sample: BatchSample) async throws -> ExecutionResult {
        try await execute(
            sample.program,
            stdin: .bytes(sample.standardInput),
            policy: sample.policy,
            limits: sample.limits,
        )
    }

    /// Looks at a sample's source with ``ProgramAudit``, without running it.
    ///
    /// - Parameter sample: The sample whose source is read.
    /// - Returns: What the analyser found.
    /// - Throws: ``/SandboxModel/SandboxError`` when the analyser could not be run.
    public func audit(_ sample: BatchSample) async throws -> [AuditFinding] {
        try await ProgramAudit.findings(in: sample.program, sandbox: self)
    }
}

extension BatchLanguages {
    /// The languages that `catalog` defines.
    ///
    /// One whose definition is wrong is known by its name; the samples that ask for it are refused with what is wrong.
    ///
    /// - Parameter catalog: Where definitions are looked for.
    public init(_ catalog: LanguageCatalog) {
        let survey = catalog.survey()
        let definitions = survey.definitions
        self.init(
            names: Set(definitions.flatMap { [$0.name] + $0.aliases }).union(survey.mistakes.keys),
            guarded: Set(definitions.filter { $0.moduleGuard != nil }.flatMap { [$0.name] + $0.aliases }),
            extensions: Dictionary(
                definitions.flatMap { definition in definition.extensions.map { ($0, definition.name) } },
                uniquingKeysWith: { first, _ in first },
            ),
            definitions: Dictionary(
                definitions.flatMap { definition in
                    ([definition.name] + definition.aliases).map { ($0, definition) }
                },
                uniquingKeysWith: { first, _ in first },
            ),
        )
    }
}
