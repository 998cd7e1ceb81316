import Reporting
import SandboxModel
import Sanderling

/// One attack on one path: bait is laid, the programs run, and what is seen is judged.
struct AttackRun: Sendable {
    private let attack: AttackCase
    private let sandbox: Sandbox
    private let path: ProvePath
    private let readiness: Readiness?

    /// A run of `attack` in `sandbox`; `readiness` is that of a sandbox that keeps cells.
    init(_ attack: AttackCase, in sandbox: Sandbox, on path: ProvePath, readiness: Readiness?) {
        self.attack = attack
        self.sandbox = sandbox
        self.path = path
        self.readiness = readiness
    }

    /// What came of it.
    ///
    /// - Throws: `CancellationError`, or the system's error when there can be no bait.
    func record() async throws -> PathRecord {
        let start = ContinuousClock.now
        var runs = 0
        let findings = try await Bait.with { bait in
            let values: [String?] = attack.values.isEmpty ? [nil] : attack.values
            for value in values {
                let prefix = value.map { "with '\($0)': " } ?? ""
                let findings = try await self.findings(bait, value, &runs)
                guard findings.isEmpty else { return findings.map { prefix + $0 } }
            }
            return []
        }
        .map { TerminalText.inert($0) }
        let milliseconds = (start.duration(to: .now).inSeconds * 1_000).rounded()
        return PathRecord(path: path, findings: findings, runs: runs, duration: milliseconds / 1_000)
    }

    /// How often a count of the whole host must be too high, as other programs of the host move it too.
    private static let looks = 3

    /// What speaks against containment of one value's programs.
    private func findings(_ bait: Bait, _ value: String?, _ runs: inout Int) async throws -> [String] {
        do {
            for look in 1... {
                let (found, isHostWideAlone, wasCompiled) = try await observe(bait, value, &runs)
                if isHostWideAlone, look < Self.looks { continue }
                guard found.isEmpty, wasCompiled, path == .warm, !attack.runsAlone else { return found }
                // What was compiled just now comes out of the cache the second time.
                return try await observe(bait, value, &runs).found
            }
            return []
        } catch let error as SandboxError {
            return ["it could not be run: \(error)"]
        }
    }

    private func observe(
        _ bait: Bait,
        _ value: String?,
        _ runs: inout Int,
    ) async throws -> (found: [String], isHostWideAlone: Bool, wasCompiled: Bool) {
        let placeholders = bait.placeholders.with(each: value)
        let programs = attack.programs.map { $0.filled(placeholders) }
        runs += programs.count
        if let readiness {
            for program in programs { try await readiness.prepare(for: program) }
        }
        let (results, fall) = try await watching { try await run(programs) }
        try Task.checkCancellation()
        let rules = [attack.contained, attack.secondContained]
        let checks = rules.prefix(programs.count).reduce(into: Set<HostCheck>()) { $0.formUnion($1.host) }
        let harm = await bait.harm(searching: checks.contains(.leftovers))
        let next = checks.contains(.nextRun) ? try await nextRun(saying: bait.mark) : nil
        try Task.checkCancellation()
        var found: [String] = []
        var judgements: [Bool] = []
        for (position, result) in results.enumerated() {
            let judge = Judge(
                rules[position],
                limits: programs[position].limits,
                looksAtReports: attack.attackClass == .escaping,
                isolation: attack.program.policy.isolation,
            )
            let observation = Observation(
                result: result.result,
                source: programs[position].program.source,
                token: bait.token,
                harm: position == 0 ? harm : BaitHarm(),
                fall: fall,
                next: next,
                value: value,
            )
            let name = position == 0 ? "" : "the second program: "
            let findings = judge.findings(on: observation)
            found += findings.map { name + $0 }
            if result.isLate { found.append(name + "it did not end in time by itself, and was cancelled") }
            if !findings.isEmpty { judgements.append(judge.isHostWideAlone(observation)) }
        }
        return (
            found,
            !judgements.isEmpty && judgements.allSatisfy(\.self),
            results.contains { $0.result.compile.map { !$0.cached } ?? false },
        )
    }

    // MARK: Running

    private func watching(
        _ body: () async throws -> [TimedResult]
    ) async throws -> ([TimedResult], HostFall?) {
        guard attack.runsAlone else { return (try await body(), nil) }
        let (results, fall) = try await HostWatch.watching(body)
        return (results, fall)
    }

    private func run(_ programs: [AttackProgram]) async throws -> [TimedResult] {
        guard attack.order == .together, programs.count == 2 else {
            var results: [TimedResult] = []
            for program in programs { results.append(try await run(program)) }
            return results
        }
        async let first = run(programs[0])
        async let second = run(programs[1])
        return [try await first, try await second]
    }

    private struct TimedResult: Sendable {
        let result: ExecutionResult
        let isLate: Bool
    }

    /// Runs a program, and cancels it when its clocks have not ended it long after they should have.
    private func run(_ attack: AttackProgram) async throws -> TimedResult {
        let patience = attack.limits.wallTime + Limits.compileDefaults.wallTime + .seconds(30)
        return try await withThrowingTaskGroup(of: ExecutionResult?.self) { [sandbox] group in
            group.addTask {
                try await sandbox.execute(
                    attack.program,
                    stdin: .text(attack.stdin),
                    policy: attack.policy,
                    limits: attack.limits,
                )
            }
            group.addTask {
                try? await Task.sleep(for: patience)
                return nil
            }
            var isLate = false
            while let ended = try await group.next() {
                group.cancelAll()
                if let result = ended { return TimedResult(result: result, isLate: isLate) }
                isLate = true
            }
            throw CancellationError()
        }
    }

    /// Runs a harmless program that says `word`.
    private func nextRun(saying word: String) async throws -> NextRun {
        let start = ContinuousClock.now
        let result = try await sandbox.execute(
            Program(language: "sh", code: "echo \(word)"),
            policy: Policy(isolation: attack.program.policy.isolation),
        )
        return NextRun(expected: word + "\n", result: result, time: start.duration(to: .now))
    }
}
