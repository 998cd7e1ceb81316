import Languages
import SandboxModel
import Sanderling

/// What an operator's configuration makes of a request.
struct SubmissionRules: Sendable {
    let configuration: ServiceConfiguration
    let languages: LanguageCatalog
    private let definitions = BriefMemory<LanguageDefinition>()

    init(configuration: ServiceConfiguration, languages: LanguageCatalog) {
        self.configuration = configuration
        self.languages = languages
    }

    /// The submission that a request of `caller`'s becomes.
    ///
    /// - Throws: ``ServiceError`` for what is wrong with the request or is not permitted here.
    func submission(_ request: SubmissionRequest, by caller: Caller) throws(ServiceError) -> Submission {
        guard (-100...100).contains(request.priority) else {
            throw ServiceError(.invalidRequest, "priority \(request.priority) is outside -100 to 100")
        }
        // Of what a reader takes for one character there can be a megabyte.
        guard (request.label ?? "").unicodeScalars.count <= 200 else {
            throw ServiceError(.invalidRequest, "the label has more than 200 characters")
        }
        // SQLite's functions see a text up to there, and it would be kept as another.
        guard request.label?.utf8.contains(0) != true else {
            throw ServiceError(.invalidRequest, "the label holds a NUL byte")
        }
        let definition: LanguageDefinition
        var program = request.program
        do {
            definition = try self.definition(named: program.language)
            program.language = definition.name
            try program.check(in: definition)
        } catch {
            throw ServiceError(error)
        }
        do {
            var (limits, capped) = try request.limits.applied(
                to: Limits(),
                ceilings: ceilings(for: caller),
            )
            limits.cpuShare = limits.cpuShare.map { min($0, Double(HostProcessors.count)) }
            var compileLimits: Limits?
            if let recipe = definition.compile {
                let asked = request.compileLimits ?? LimitRequest()
                let (applied, compileCapped) = try asked.applied(
                    to: recipe.limits,
                    ceilings: compileCeilings(for: caller).raised(to: recipe.limits),
                    stage: .compile,
                )
                compileLimits = applied
                capped += compileCapped
            } else {
                // They apply to nothing, and are right or wrong all the same.
                _ = try request.compileLimits?.applied(
                    to: .compileDefaults,
                    ceilings: compileCeilings(for: caller),
                    stage: .compile,
                )
            }
            return Submission(
                program: program,
                stdin: request.stdin,
                policy: try policy(request.policy),
                limits: limits,
                compileLimits: compileLimits,
                capped: capped,
                priority: request.priority,
                label: request.label,
                note: request.note,
            )
        } catch let error as QuantityError {
            throw ServiceError(.invalidRequest, "limits: \(error.message)")
        } catch let error as ServiceError {
            throw error
        } catch {
            throw ServiceError(.internal, "\(error)")
        }
    }

    private func definition(named name: String) throws(SandboxError) -> LanguageDefinition {
        // In one case, so that there are only as many as there are languages and aliases.
        let key = name.lowercased()
        if let known = definitions[key] { return known }
        let begun = ContinuousClock.now
        let definition = try languages.definition(named: name)
        definitions.keep(definition, as: key, since: begun)
        return definition
    }

    /// The most that a program of `caller`'s can be given.
    func ceilings(for caller: Caller) -> Limits { configuration.ceilings.lowered(to: caller.ceilings) }

    /// The most time and memory that a compiler of `caller`'s can be given.
    func compileCeilings(for caller: Caller) -> Limits {
        configuration.compileCeilings.lowered(to: caller.ceilings)
    }

    private func policy(_ asked: Policy) throws(ServiceError) -> Policy {
        guard asked.mounts.isEmpty else {
            throw ServiceError(
                .forbidden,
                "nothing of this host is shown to programs; send files with the program",
            )
        }
        guard asked.network.reach <= configuration.policy.network.reach else {
            throw ServiceError(
                .forbidden,
                "the network '\(asked.network.rawValue)' is not permitted here",
                mend: "ask for '\(configuration.policy.network.rawValue)' or less",
            )
        }
        guard asked.isolation == .namespaces else {
            throw ServiceError(
                .forbidden,
                "a service keeps programs in by namespaces, not by \(asked.isolation.rawValue) isolation",
                mend: "leave the isolation out, or run the program without the service",
            )
        }
        var policy = asked
        policy.allowMissing = Set(configuration.policy.allowMissing)
        return policy
    }
}

extension NetworkAccess {
    /// How much of a network it is.
    fileprivate var reach: Int {
        switch self {
        case .none: 0
        case .loopback: 1
        case .host: 2
        }
    }
}

extension Limits {
    /// The ceilings where a caller's key says less.
    fileprivate func lowered(to own: CallerCeilings) -> Limits {
        var lowered = self
        if let most = own.wallTime {
            lowered.wallTime = min(wallTime, most)
            lowered.cpuTime = min(cpuTime, most)
        }
        if let most = own.memory { lowered.memory = min(memory, most) }
        return lowered
    }

    /// Ceilings that a language's own compile limits never exceed, but for time and memory, which are the operator's.
    fileprivate func raised(to own: Limits) -> Limits {
        var raised = self
        raised.processes = max(processes, own.processes)
        raised.output = max(output, own.output)
        raised.disk = max(disk, own.disk)
        raised.fileSize = max(fileSize, own.fileSize)
        raised.openFiles = max(openFiles, own.openFiles)
        raised.stack = max(stack, own.stack)
        return raised
    }
}
