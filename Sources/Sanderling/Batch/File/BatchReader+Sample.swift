import SandboxModel
import Yams

extension BatchReader {
    /// Reads one sample.
    mutating func sample(
        _ fields: Fields,
        index: Int,
        limits: LimitSettings,
        sandbox: SandboxSettings,
    ) -> BatchSample? {
        let language = language(fields)
        let settings = self.sandbox(of: fields, language: language, over: sandbox)
        let limits = self.limits(fields, timeout: "timeout", over: limits).resolved
        let description = text(fields["description"]) ?? text(fields["file"]) ?? "Sample \(index + 1)"
        let standardInput = text(fields["stdin"]).map { Array($0.utf8) } ?? []
        let expectation = expectation(fields["expect"])
        let program = program(fields, language: language)
        let audit = flag(fields["audit"]) ?? settings.audit
        let optional = flag(fields["optional"]) ?? false
        guard let program else { return nil }
        return BatchSample(
            index: index,
            description: description,
            program: program,
            standardInput: standardInput,
            policy: settings.policy,
            limits: limits,
            expectation: expectation,
            audit: audit,
            optional: optional,
            position: document.original(fields.position),
        )
    }

    /// The sample's language; by its file's extension when it names none, Python when that says nothing.
    private mutating func language(_ fields: Fields) -> String? {
        guard let entry = fields["language"] else {
            let name = fields["file"]?.value.scalar?.string ?? ""
            let suffix = name.split(separator: "/").last?.split(separator: ".").dropFirst().last
            return suffix.flatMap { languages.extensions[String($0)] } ?? "python"
        }
        guard let written = text(entry) else { return nil }
        guard !languages.names.contains(written) else { return written }
        let hint =
            Spelling.nearest(to: written, among: languages.names).map { ", did you mean '\($0)'?" }
            ?? "; known are \(languages.names.sorted().joined(separator: ", "))"
        mistake(entry.value.position, "unknown language \(written.quoted)\(hint)")
        return nil
    }

    /// The sample's own `sandbox` over the file's.
    ///
    /// Module lists of the file bind only languages that have a guard; on any other, lists of the sample's own are a
    /// mistake, because nothing would enforce them.
    private mutating func sandbox(
        of fields: Fields,
        language: String?,
        over base: SandboxSettings,
    ) -> SandboxSettings {
        var settings = base
        let own = self.fields(fields["sandbox"], of: .sandbox)
        if let own { settings = sandbox(own, over: base) }
        guard let language, !languages.guarded.contains(language) else { return settings }
        for key in ["restricted_modules", "allowed_modules"] {
            guard let entry = own?[key] else { continue }
            mistake(
                entry.position,
                "\(key.quoted) has no effect on \(language), which has no module guard; remove it",
            )
        }
        settings.policy.modules = ModulePolicy()
        return settings
    }

    private mutating func program(_ fields: Fields, language: String?) -> Program? {
        let arguments = texts(fields["args"]) ?? []
        let environment = environment(fields["env"])
        let files = programFiles(fields["files"])
        let collect = patterns(fields["collect"])
        if let entry = fields["args"], arguments.contains(where: { $0.contains("\0") }) {
            mistake(entry.value.position, "args: a text contains a NUL character")
        }
        let source: [UInt8]?
        var sourceName: String?
        switch (fields["code"], fields["file"]) {
        case (.some, let file?):
            mistake(file.position, "a sample has either 'code' or 'file', not both")
            return nil
        case (let code?, nil):
            source = text(code).map { Array($0.utf8) }
        case (nil, let file?):
            source = contents(file)
            sourceName = file.value.scalar?.string.split(separator: "/").last.map(String.init)
        case (nil, nil):
            mistake(fields.position, "a sample needs 'code' or 'file'")
            return nil
        }
        guard let source, let language else { return nil }
        let program = Program(
            language: language,
            source: source,
            sourceName: sourceName,
            files: files.map(\.file),
            arguments: arguments,
            environment: environment,
            collect: collect,
        )
        checkPaths(of: files, source: program, at: fields["file"]?.value.position ?? fields.position)
        return program
    }

    /// Reads patterns of files in the work directory.
    private mutating func patterns(_ entry: Fields.Entry?) -> [String] {
        guard let entry, let patterns = texts(entry) else { return [] }
        let nodes = entry.value.sequence.map(Array.init) ?? []
        for (pattern, node) in zip(patterns, nodes) where patterns.count == nodes.count {
            guard let problem = ProgramPathProblem.problem(ofPattern: pattern) else { continue }
            mistake(node.position, "collect: \(problem)")
        }
        return patterns
    }

    private mutating func environment(_ entry: Fields.Entry?) -> [String: String] {
        guard let entry else { return [:] }
        guard entry.value.mapping != nil else {
            wrongType(entry, "a mapping of names to values")
            return [:]
        }
        var environment: [String: String] = [:]
        for variable in entries(entry.value).entries {
            if variable.key.isEmpty || variable.key.contains("=") || variable.key.contains("\0") {
                mistake(variable.position, "env: \(variable.key.quoted) is not a variable's name")
            }
            guard let value = text(variable) else { continue }
            if value.contains("\0") {
                mistake(
                    variable.value.position,
                    "env: the value of \(variable.key.quoted) contains a NUL character",
                )
            }
            environment[variable.key] = value
        }
        return environment
    }

    /// The contents of the file that a key names.
    mutating func contents(_ entry: Fields.Entry) -> [UInt8]? {
        guard let path = text(entry) else { return nil }
        do {
            return try FileOnHost(absolute(path)).contents()
        } catch {
            mistake(entry.value.position, "\(entry.key): \(error.message)")
            return nil
        }
    }
}
