package import SandboxModel

/// Says whether a program was contained, by its case's rules.
///
/// A function of what was seen; it looks at nothing itself.
package struct Judge: Sendable {
    private let rules: Containment
    private let limits: Limits
    private let looksAtReports: Bool
    private let isolation: IsolationKind

    /// A judge by `rules` of a program that ran under `limits`.
    ///
    /// - Parameters:
    ///   - rules: What must hold.
    ///   - limits: What counts of the host are compared with.
    ///   - looksAtReports: Whether every report that can be made of the record must be inert.
    ///   - isolation: What it must have been kept in by, with every layer that this kind has.
    package init(
        _ rules: Containment,
        limits: Limits,
        looksAtReports: Bool = false,
        isolation: IsolationKind = .namespaces,
    ) {
        self.isolation = isolation
        self.rules = rules
        self.limits = limits
        self.looksAtReports = looksAtReports
    }

    /// What speaks against containment, a sentence each; empty when the program was contained.
    package func findings(on observation: Observation) -> [String] {
        let result = observation.result
        return walls(result) + ending(result, value: observation.value) + words(result) + secret(observation)
            + excess(result) + files(result) + host(observation)
            + (looksAtReports ? ReportsLook(result, of: observation.source).findings : [])
    }

    /// Whether what the host's counts say is all that speaks against containment.
    ///
    /// Other programs of the host move those too, so that they are worth a second look.
    func isHostWideAlone(_ observation: Observation) -> Bool {
        var still = observation
        still.fall = nil
        return findings(on: still).isEmpty && !findings(on: observation).isEmpty
    }

    // MARK: The record

    private func walls(_ result: ExecutionResult) -> [String] {
        let missing = result.isolation.missing.filter { !isolation.absentLayers.contains($0) }
        var findings: [String] = []
        if result.isolation.kind != isolation {
            findings.append(
                "it was kept in by \(result.isolation.kind.rawValue), not \(isolation.rawValue)"
            )
        }
        if !missing.isEmpty {
            findings.append("it ran without \(missing.map(\.rawValue).joined(separator: ", "))")
        }
        return findings
    }

    private func ending(_ result: ExecutionResult, value: String?) -> [String] {
        var findings: [String] = []
        if !rules.verdicts.contains(result.verdict) {
            let right = rules.verdicts.map(\.rawValue).joined(separator: " or ")
            let reason = result.errorMessage.map { " (\($0))" } ?? ""
            findings.append("the verdict is \(result.verdict.rawValue)\(reason), not \(right)")
        }
        let code: Int32? =
            switch rules.exit {
            case .code(let code): code
            case .each: value.flatMap { Int32($0) } ?? -1
            case nil: nil
            }
        if let code, result.termination != .exited(code: code) {
            let end = result.termination.map { "\($0)" } ?? "nothing"
            findings.append("the program ended with \(end), not exit code \(code)")
        }
        return findings
    }

    private func words(_ result: ExecutionResult) -> [String] {
        let output = String(decoding: result.stdout.bytes, as: UTF8.self)
        let errors = String(decoding: result.stderr.bytes, as: UTF8.self)
        var findings: [String] = []
        for text in [output, errors] {
            for line in text.split(separator: "\n") where line.contains(Containment.breach) {
                findings.append("it said: \(line.prefix(200))")
            }
        }
        for pattern in rules.output.map(expected) where !Self.matches(pattern, output) {
            findings.append("nothing in its output matches '\(pattern)'")
        }
        for pattern in rules.never where Self.matches(pattern, output) || Self.matches(pattern, errors) {
            findings.append("its output matches '\(pattern)'")
        }
        return findings
    }

    /// A pattern of output; where the walls are others than those it was written for, a refusal may have another reason.
    private func expected(_ pattern: String) -> String {
        guard isolation != .namespaces else { return pattern }
        return pattern.replacing(/refused: (E[A-Z]+|\([A-Z|]+\))/, with: "refused: E[A-Z]+")
    }

    private func secret(_ observation: Observation) -> [String] {
        let result = observation.result
        let token = Array(observation.token.utf8)
        var places: [(String, [UInt8])] = [
            ("standard output", result.stdout.bytes), ("standard error", result.stderr.bytes),
        ]
        if let compile = result.compile {
            places += [
                ("what the compiler wrote", compile.stdout.bytes),
                ("what the compiler wrote", compile.stderr.bytes),
            ]
        }
        places += result.files.map { ("a file that came out", $0.contents) }
        return places.filter { $0.1.contains(token) }.map { "the bait's token is in \($0.0)" }
    }

    private func files(_ result: ExecutionResult) -> [String] {
        guard let rule = rules.collected else { return [] }
        var findings: [String] = []
        let paths = result.files.map(\.path)
        if let expected = rule.paths, paths.sorted() != expected.sorted() {
            findings.append("the files that came out are \(paths.sorted()), not \(expected.sorted())")
        }
        for pattern in rule.some where !paths.contains(where: { Self.matches(pattern, $0) }) {
            findings.append("no file came out whose path matches '\(pattern)'")
        }
        for pattern in rule.never {
            findings += paths.filter { Self.matches(pattern, $0) }.map { "a file came out as '\($0)'" }
        }
        let size = result.files.reduce(0) { $0 + $1.contents.count }
        if let limit = rule.size, size > limit.bytes {
            findings.append("\(size) bytes came out, more than \(limit.bytes)")
        }
        return findings
    }

    // MARK: What was counted of it

    /// What a count may be beyond its limit: the kernel counts in batches, and charges what must not fail all the same.
    private static let rounding = 4_000_000
    /// The words that stand where output was left out.
    private static let gap = 100

    /// What the record itself says was more than its limit.
    private func excess(_ result: ExecutionResult) -> [String] {
        let isolation = result.isolation
        let run = excess(of: "it", result.usage, [result.stdout, result.stderr], over: limits, isolation)
        guard let compile = result.compile else { return run }
        // A compiler always has files, and languages differ from these limits in times alone.
        let compilers = Isolation(layers: isolation.layers, filesystem: .scratch)
        let streams = [compile.stdout, compile.stderr]
        return run + excess(of: "its compiler", compile.usage, streams, over: .compileDefaults, compilers)
    }

    private func excess(
        of name: String,
        _ usage: Usage,
        _ streams: [CapturedOutput],
        over limits: Limits,
        _ isolation: Isolation,
    ) -> [String] {
        var counts = streams.map { ("bytes of output", $0.bytes.count, limits.output.bytes + Self.gap) }
        counts.append(("bytes of files", usage.disk.bytes, limits.disk.bytes + Self.rounding))
        if isolation.layers.contains(.memoryLimit) {
            // Files are in memory, and counted there on top.
            let files = isolation.filesystem == .scratch ? limits.disk.bytes : 0
            let limit = limits.memory.bytes + files + Self.rounding
            counts.append(("bytes of memory", usage.memory.bytes, limit))
        }
        if isolation.layers.contains(.processLimit) {
            counts.append(("processes", usage.processes, limits.processes))
        }
        return counts.filter { $0.1 > $0.2 }.map { "\(name) had \($0.1) \($0.0), more than \($0.2)" }
    }

    // MARK: The host

    private func host(_ observation: Observation) -> [String] {
        let harm = observation.harm
        var findings = harm.tampering + harm.victim + harm.heard + harm.leftovers
        if let fall = observation.fall { findings += counts(fall) }
        if rules.host.contains(.nextRun) { findings += next(observation.next) }
        return findings
    }

    /// What other programs of the host may take or give back meanwhile; the programs of the catalogue try for more than that.
    private enum Slack {
        static let memory = 512_000_000
        static let disk = 64_000_000
        static let tasks = 64
    }

    private func counts(_ fall: HostFall) -> [String] {
        var findings: [String] = []
        func check(_ check: HostCheck, _ name: String, _ fall: Int, _ limit: Int, _ slack: Int) {
            guard rules.host.contains(check), fall > limit + slack else { return }
            findings.append("the host's \(name) moved by \(fall), with a limit of \(limit)")
        }
        check(.memory, "available memory", fall.memory, limits.memory.bytes, Slack.memory)
        check(.disk, "free disk space", fall.disk, limits.disk.bytes, Slack.disk)
        check(.processes, "number of processes and threads", fall.tasks, limits.processes, Slack.tasks)
        return findings
    }

    /// Quick, on a machine that is busy with other attacks.
    private static let quick = Duration.seconds(5)

    private func next(_ run: NextRun?) -> [String] {
        guard let run else { return ["no program was run next"] }
        if run.result.verdict != .ok || run.result.stdout.text != run.expected {
            let reason = run.result.errorMessage ?? "it printed \(run.result.stdout.text ?? "no text")"
            return ["the program that ran next ended with \(run.result.verdict.rawValue): \(reason)"]
        }
        return run.time > Self.quick ? ["the program that ran next took \(run.time.inSeconds) s"] : []
    }

    /// Whether a regular expression matches somewhere in `text`.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        // The reader has seen that it is a regular expression.
        guard let regex = try? Regex(pattern) else { return false }
        return text.firstMatch(of: regex.matchingSemantics(.unicodeScalar)) != nil
    }
}
