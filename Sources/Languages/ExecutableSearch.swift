import Places
import SandboxModel

/// Finds the files of a language's implementation on this host.
struct ExecutableSearch {
    /// Where bare names are looked for first; a directory that only the caller's `PATH` names comes after.
    private static let directories = ["/usr/bin", "/bin", "/usr/local/bin"]

    private let definition: LanguageDefinition
    private let environment: [String: String]?

    /// A search for `definition`'s files, with the `PATH` and the `HOME` of `environment`; this process's own by default.
    init(_ definition: LanguageDefinition, environment: [String: String]?) {
        self.definition = definition
        self.environment = environment
    }

    /// Every executable with its path, and the host paths outside `/usr` that they need.
    func resolve() throws(SandboxError) -> (executables: [String: String], readOnlyPaths: [String]) {
        var executables: [String: String] = [:]
        var paths = definition.readOnlyPaths.flatMap(HostFile.matches)
        for rule in definition.executables {
            guard let path = find(rule, known: executables) else {
                throw notInstalled
            }
            executables[rule.name] = path
            if let outside = readOnlyPath(rule, path) { paths.append(outside) }
        }
        return (executables, Self.outermost(paths))
    }

    private func variable(_ name: String) -> String? {
        switch environment {
        case .some(let environment): environment[name]
        case .none: UserDirectories.variable(name)
        }
    }

    private var notInstalled: SandboxError {
        let mend =
            definition.package.isEmpty ? definition.installHint : "apt-get install \(definition.package)"
        return SandboxError(.languageNotInstalled, "\(definition.name) is not installed", mend: mend)
    }

    // MARK: Candidates

    private func find(_ rule: ExecutableRule, known: [String: String]) -> String? {
        let candidates = rule.candidates.map { candidate in
            candidate.filled { placeholder in
                guard case .directory(let name) = placeholder, let path = known[name] else { return "" }
                return HostFile.directory(of: path)
            }
        }
        // Each path is looked at once: a lazy compactMap asks twice, and traps where a file went away between.
        for candidate in candidates {
            let paths =
                candidate.hasPrefix("/")
                ? HostFile.matches(candidate) : Self.directories.map { "\($0)/\(candidate)" }
            for path in paths { if let accepted = accept(path, rule) { return accepted } }
        }
        guard rule.searchesPath else { return nil }
        let directories = (variable("PATH") ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
        for name in candidates where !name.contains("/") {
            for directory in directories {
                if let accepted = accept("\(directory)/\(name)", rule) { return accepted }
            }
        }
        return nil
    }

    /// The path to use for `candidate`, or `nil` when it will not do.
    private func accept(_ candidate: String, _ rule: ExecutableRule) -> String? {
        guard let path = visible(candidate, rule) else { return nil }
        switch rule.kind {
        case .file: return HostFile.isRegular(path) && isSafe(rule, path) ? path : nil
        case .script: return HostFile.isExecutable(path) && isSafe(rule, path) ? path : nil
        case .program:
            guard HostFile.isExecutable(path) else { return nil }
            guard isShim(path, rule) else { return isSafe(rule, path) ? path : nil }
            guard let target = follow(candidate, rule), let real = visible(target, rule) else { return nil }
            return HostFile.isExecutable(real) && !isShim(real, rule) && isSafe(rule, real) ? real : nil
        }
    }

    /// `path` with its links followed: all of them, or those of its directories alone.
    private func visible(_ path: String, _ rule: ExecutableRule) -> String? {
        guard rule.keepsLinks else { return HostFile.realPath(path) }
        return HostFile.realPath(HostFile.directory(of: path)).map { "\($0)/\(HostFile.name(of: path))" }
    }

    // MARK: Shims

    private func isShim(_ path: String, _ rule: ExecutableRule) -> Bool {
        let name = HostFile.name(of: HostFile.realPath(path) ?? path)
        return HostFile.isScript(path) || rule.shim.map { $0.names.contains(name) } ?? false
    }

    /// Where the shim says the real program is; started under the name it was found by, which tells a binary that stands
    /// in for many tools which one is meant.
    private func follow(_ path: String, _ rule: ExecutableRule) -> String? {
        guard let shim = rule.shim else { return nil }
        guard
            let text = HostTool.output(of: path, arguments: shim.arguments, environment: environment ?? [:])
        else {
            return nil
        }
        let output =
            shim.pattern.map { Self.firstGroup(of: $0, in: text) }
            ?? text.split(separator: "\n").first.map(String.init)
        return output.map { shim.path.replacing("{output}", with: $0) }
    }

    /// What the one group of `pattern` matches in `text`.
    static func firstGroup(of pattern: String, in text: String) -> String? {
        guard let match = try? Regex(pattern).firstMatch(in: text), match.output.count == 2 else {
            return nil
        }
        return match.output[1].substring.map(String.init)
    }

    // MARK: What becomes readable

    /// The path that must be readable for `path` to work, or `nil` when it lies in `/usr`, which is.
    private func readOnlyPath(_ rule: ExecutableRule, _ path: String) -> String? {
        let isLocal = path.hasPrefix("/usr/local/")
        guard isLocal || !path.hasPrefix("/usr/") && !path.hasPrefix("/bin/") else { return nil }
        guard let prefix = rule.prefix else { return path }
        return HostFile.normalised(HostFile.directory(of: path) + "/" + prefix)
    }

    /// Whether what becomes readable is an installation, and not a directory where a host keeps everything else.
    private func isSafe(_ rule: ExecutableRule, _ path: String) -> Bool {
        guard let root = readOnlyPath(rule, path), rule.prefix != nil else { return true }
        let shared: Set<String> = [
            "/", "/boot", "/dev", "/etc", "/home", "/media", "/mnt", "/opt", "/proc", "/root", "/run", "/srv",
            "/sys", "/tmp", "/usr", "/var",
        ]
        guard !shared.contains(root) else { return false }
        guard let home = variable("HOME").flatMap(HostFile.realPath), home != "/" else { return true }
        return root != home && root != home + "/.local" && !home.hasPrefix(root + "/")
    }

    /// The paths that lie in none of the others, sorted.
    private static func outermost(_ paths: [String]) -> [String] {
        let unique = Set(paths)
        return unique.filter { path in !unique.contains { path != $0 && path.hasPrefix($0 + "/") } }.sorted()
    }
}
