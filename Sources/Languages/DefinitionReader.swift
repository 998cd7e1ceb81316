import SandboxModel

/// Reads one definition file.
struct DefinitionReader {
    private let top: StrictMapping
    private var executableNames: Set<String> = []

    private static let keys = [
        "name", "display_name", "aliases", "extensions", "shebangs", "family", "package", "install_hint",
        "executables", "version", "source_name", "source_rule", "read_only_paths", "environment", "compile",
        "run",
        "module_guard", "hello",
    ]

    /// The definition in `text`, which stands in `file`, a path that ends in `NAME.yaml`, and which `parser` takes apart.
    static func definition(
        _ text: String,
        file: String,
        by parser: any DocumentParser,
    ) throws(SandboxError) -> LanguageDefinition {
        guard let node = try parser.document(text, in: file) else {
            throw SandboxError(.invalidDefinition, "\(file):1:1: the file is empty")
        }
        var reader = Self(top: try StrictMapping(node, file: file, keys: keys))
        return try reader.definition()
    }

    private init(top: StrictMapping) { self.top = top }

    private mutating func definition() throws(SandboxError) -> LanguageDefinition {
        let name = try top.required("name")
        guard top.file.hasSuffix("/\(name).yaml") || top.file == "\(name).yaml" else {
            throw top.error("name", "is '\(name)', but the file is not called '\(name).yaml'")
        }
        guard DefinitionFile.isName(name) else {
            throw top.error(
                "name",
                "is '\(name)', but must consist of small letters, digits, '_', '-' and '+'",
            )
        }
        let extensions = try top.strings("extensions")
        if let dotted = extensions.first(where: { $0.hasPrefix(".") }) {
            throw top.error("extensions", "has '\(dotted)', but extensions are written without the dot")
        }
        let executables = try self.executables()
        let sourceRule = try top.word("source_rule", as: SourceRule.self)
        let compile = try self.compile(sourceRule)
        return LanguageDefinition(
            name: name,
            displayName: try top.required("display_name"),
            aliases: try top.strings("aliases"),
            extensions: extensions,
            shebangs: try top.strings("shebangs"),
            family: try top.word("family", as: LanguageDefinition.Family.self) ?? .native,
            package: try top.string("package") ?? "",
            installHint: try top.string("install_hint"),
            executables: executables,
            version: try version(),
            sourceName: try top.required("source_name"),
            sourceRule: sourceRule,
            readOnlyPaths: try absolutePaths("read_only_paths"),
            environment: try environment(top, allowing: .implementation),
            compile: compile,
            run: try run(sourceRule),
            moduleGuard: try top.string("module_guard"),
            hello: try hello(),
        )
    }

    // MARK: Executables and version

    private mutating func executables() throws(SandboxError) -> [ExecutableRule] {
        var rules: [ExecutableRule] = []
        for (name, node) in try top.entries("executables") {
            let rule = try StrictMapping(
                node,
                file: top.file,
                path: "executables.\(name)",
                keys: ["candidates", "search_path", "prefix", "kind", "keep_links", "shim"],
            )
            let candidates = try templates(
                rule,
                "candidates",
                try rule.strings("candidates"),
                allowing: .directories,
            )
            guard !candidates.isEmpty else { throw rule.missing("candidates") }
            rules.append(
                ExecutableRule(
                    name: name,
                    candidates: candidates,
                    searchesPath: try rule.boolean("search_path"),
                    prefix: try rule.string("prefix"),
                    kind: try rule.word("kind", as: ExecutableRule.Kind.self) ?? .program,
                    keepsLinks: try rule.boolean("keep_links"),
                    shim: try shim(rule),
                )
            )
            executableNames.insert(name)
        }
        guard !rules.isEmpty else { throw top.missing("executables") }
        return rules
    }

    private func shim(_ rule: StrictMapping) throws(SandboxError) -> ExecutableRule.Shim? {
        guard let shim = try rule.mapping("shim", keys: ["names", "arguments", "pattern", "path"]) else {
            return nil
        }
        let pattern = try shim.string("pattern")
        if let pattern { try checkPattern(pattern, shim) }
        return ExecutableRule.Shim(
            names: try shim.strings("names"),
            arguments: try shim.strings("arguments"),
            pattern: pattern,
            path: try shim.string("path") ?? "{output}",
        )
    }

    private func version() throws(SandboxError) -> VersionRule? {
        guard let rule = try top.mapping("version", keys: ["command", "file", "path", "pattern"]) else {
            return nil
        }
        let pattern = try rule.required("pattern")
        try checkPattern(pattern, rule)
        var sources: [VersionRule.Source] = []
        if rule["command"] != nil {
            sources.append(.command(try command(rule, "command", allowing: .implementation)))
        }
        if let file = try rule.string("file") {
            sources.append(
                .file(try checked(rule, "file", try rule.template("file", file), allowing: .directories))
            )
        }
        if let name = try rule.string("path") {
            guard executableNames.contains(name) else {
                throw rule.error("path", "names no executable: '\(name)'")
            }
            sources.append(.path(executable: name))
        }
        guard sources.count == 1 else {
            throw top.error("version", "must have exactly one of 'command', 'file' and 'path'")
        }
        return VersionRule(source: sources[0], pattern: pattern)
    }

    private func checkPattern(_ pattern: String, _ mapping: StrictMapping) throws(SandboxError) {
        if PlainPattern.hasOneGroup(pattern) { return }
        // The groups can only be counted in a match; with an empty alternative the empty text is one.
        guard let regex = try? Regex("(?:\(pattern))|"), let match = "".firstMatch(of: regex) else {
            throw mapping.error("pattern", "is no regular expression")
        }
        guard match.output.count == 2 else { throw mapping.error("pattern", "must have exactly one group") }
    }

    // MARK: Stages

    private func compile(_ rule: SourceRule?) throws(SandboxError) -> CompileRecipe? {
        guard
            let compile = try top.mapping(
                "compile",
                keys: ["steps", "environment", "files", "limits", "warm"],
            )
        else {
            return nil
        }
        let commands = try steps(compile, allowing: .compile(hasMainClass: rule != nil))
        var files: [ProgramFile] = []
        for (path, contents) in try compile.texts("files") {
            guard !path.hasPrefix("/"), !path.pathNames().contains("..") else {
                throw compile.error("files", "has '\(path)', which is outside the work directory")
            }
            files.append(ProgramFile(path: path, contents: Array(contents.utf8)))
        }
        return CompileRecipe(
            steps: commands,
            environment: try environment(compile, allowing: .implementation),
            files: files,
            limits: try CompileLimits.limits(compile),
            warm: try warm(compile),
        )
    }

    func steps(
        _ mapping: StrictMapping,
        allowing allowed: AllowedPlaceholders,
    ) throws(SandboxError) -> [[Template]] {
        guard let steps = mapping["steps"] else { throw mapping.missing("steps") }
        guard let list = steps.list, !list.isEmpty else {
            throw mapping.error("steps", "must be a list of command lines")
        }
        var commands: [[Template]] = []
        for step in list {
            let words = try mapping.strings("steps", step)
            guard !words.isEmpty else { throw mapping.error("steps", "has an empty command line") }
            commands.append(try templates(mapping, "steps", words, allowing: allowed))
        }
        return commands
    }

    private func run(_ rule: SourceRule?) throws(SandboxError) -> RunRecipe {
        let keys = ["command", "environment", "arguments_separator", "private_directory", "warm"]
        guard let run = try top.mapping("run", keys: keys) else { throw top.missing("run") }
        let allowed = AllowedPlaceholders.run(hasMainClass: rule != nil)
        let directory = try run.string("private_directory")
        if let directory, !directory.hasPrefix("/") {
            throw run.error("private_directory", "must be an absolute path")
        }
        return RunRecipe(
            command: try command(run, "command", allowing: allowed),
            environment: try environment(run, allowing: allowed),
            argumentsSeparator: try run.string("arguments_separator"),
            privateDirectory: directory,
            warmth: try run.word("warm", as: RunRecipe.Warmth.self),
        )
    }

    private func hello() throws(SandboxError) -> LanguageDefinition.Hello {
        guard let hello = try top.mapping("hello", keys: ["source", "stdin", "expected_output"]) else {
            throw top.missing("hello")
        }
        return LanguageDefinition.Hello(
            source: try hello.required("source"),
            stdin: try hello.string("stdin") ?? "",
            expectedOutput: try hello.required("expected_output"),
        )
    }

    // MARK: Values

    private func command(
        _ mapping: StrictMapping,
        _ key: String,
        allowing allowed: AllowedPlaceholders,
    ) throws(SandboxError) -> [Template] {
        let words = try mapping.strings(key)
        guard !words.isEmpty else { throw mapping.missing(key) }
        return try templates(mapping, key, words, allowing: allowed)
    }

    func templates(
        _ mapping: StrictMapping,
        _ key: String,
        _ words: [String],
        allowing allowed: AllowedPlaceholders,
    ) throws(SandboxError) -> [Template] {
        var templates: [Template] = []
        for word in words {
            templates.append(try checked(mapping, key, try mapping.template(key, word), allowing: allowed))
        }
        return templates
    }

    func environment(
        _ mapping: StrictMapping,
        _ key: String = "environment",
        allowing allowed: AllowedPlaceholders,
    ) throws(SandboxError) -> [String: Template] {
        var environment: [String: Template] = [:]
        for (name, value) in try mapping.texts(key) {
            let template = try mapping.template(key, value)
            guard template.list == nil else {
                throw mapping.error(key, "has a list of files in '\(name)'")
            }
            environment[name] = try checked(mapping, key, template, allowing: allowed)
        }
        return environment
    }

    private func absolutePaths(_ key: String) throws(SandboxError) -> [String] {
        let paths = try top.strings(key)
        if let relative = paths.first(where: { !$0.hasPrefix("/") }) {
            throw top.error(key, "has '\(relative)', which is no absolute path")
        }
        return paths
    }

    /// `template`, when it has no placeholder that means nothing there.
    private func checked(
        _ mapping: StrictMapping,
        _ key: String,
        _ template: Template,
        allowing allowed: AllowedPlaceholders,
    ) throws(SandboxError) -> Template {
        for placeholder in template.placeholders {
            switch placeholder {
            case .executable(let name), .directory(let name):
                guard executableNames.contains(name) else {
                    throw mapping.error(key, "names no executable declared before it: '\(name)'")
                }
            default: break
            }
            guard allowed.contains(placeholder) else {
                throw mapping.error(key, "has a placeholder that means nothing here: {\(placeholder.word)}")
            }
        }
        return template
    }
}
