import SandboxModel

/// Fills a definition's templates for one program.
struct CommandLines {
    private let language: ResolvedLanguage
    private let program: Program
    private let memory: ByteCount
    private let processes: Int
    private let sourcePath: String
    private let mainClass: String

    init(language: ResolvedLanguage, program: Program, memory: ByteCount, processes: Int) {
        let definition = language.definition
        self.language = language
        self.program = program
        self.memory = memory
        self.processes = processes
        sourcePath = definition.sourcePath(of: program)
        mainClass =
            definition.sourceRule?.mainClass(of: program.source)
            ?? Self.stem(HostFile.name(of: sourcePath))
    }

    /// Where the source goes, and the command lines of both stages.
    var stages: StageCommands {
        let definition = language.definition
        let compile = definition.compile
        var run = command(
            definition.run.command,
            environment(definition.run.environment, program.environment),
        )
        if !program.arguments.isEmpty, let separator = definition.run.argumentsSeparator {
            run.arguments.append(separator)
        }
        run.arguments += program.arguments
        let compileEnvironment = environment(compile?.environment ?? [:], [:])
        return StageCommands(
            sourcePath: sourcePath,
            files: compile?.files ?? [],
            compile: (compile?.steps ?? []).map { command($0, compileEnvironment) },
            run: run,
            warm: compile?.warm.flatMap { warm($0, compileEnvironment) },
        )
    }

    /// What is made ahead for this program: for one that begins with another header than those, nothing.
    private func warm(_ recipe: WarmRecipe, _ environment: [String: String]) -> WarmCommands? {
        var header = ""
        if !recipe.headers.isEmpty {
            guard let first = FirstInclude(of: program.source)?.header, recipe.headers.contains(first) else {
                return nil
            }
            header = first
        }
        func value(in directory: String) -> (Template.Placeholder) -> String {
            { placeholder in
                switch placeholder {
                case .warm: directory
                case .header: header
                default: self.value(placeholder)
                }
            }
        }
        let making = value(in: "\(ResolvedLanguage.workDirectory)/\(WarmCommands.workName)")
        let using = value(in: WarmCommands.directory)
        let variables = recipe.environment.mapValues { $0.filled(making) }
        func file(_ path: String, _ contents: String) -> ProgramFile {
            ProgramFile(
                path: path.replacing("{header}", with: header),
                contents: Array(contents.replacing("{header}", with: header).utf8),
            )
        }
        let own = recipe.files.sorted { $0.key < $1.key }.map { path, contents in
            file("\(WarmCommands.workName)/\(path)", contents)
        }
        // The directory must be there, for a tool that only writes a file into it.
        let place = own.isEmpty ? [file("\(WarmCommands.workName)/.warm", "")] : []
        return WarmCommands(
            label: ([language.definition.name] + header.split(separator: "/").map(String.init))
                .joined(separator: "-"),
            files: [file(language.definition.sourceName, recipe.source)] + own + place,
            steps: recipe.steps.map { templates in
                let words = templates.map { $0.filled(making) }
                return Command(
                    executable: words[0],
                    arguments: words,
                    environment: environment.merging(variables) { $1 },
                )
            },
            arguments: recipe.arguments.map { $0.filled(using) },
            environment: recipe.variables.mapValues { $0.filled(using) },
        )
    }

    private func command(_ templates: [Template], _ environment: [String: String]) -> Command {
        let words = templates.flatMap { template in
            switch template.list {
            case .sources: [Self.operand(sourcePath)] + otherSources
            case .otherSources: otherSources
            case .options: program.compilerOptions
            default: [template.filled(value)]
            }
        }
        let executable =
            words[0].hasPrefix("/")
            ? words[0] : HostFile.normalised("\(ResolvedLanguage.workDirectory)/\(words[0])")
        return Command(executable: executable, arguments: words, environment: environment)
    }

    private func value(_ placeholder: Template.Placeholder) -> String {
        switch placeholder {
        case .source: Self.operand(sourcePath)
        case .sources, .otherSources, .options: ""
        case .stem: Self.operand(Self.stem(sourcePath))
        case .output: Self.operand(Self.stem(sourcePath)) + ".out"
        case .mainClass: mainClass
        case .executable(let name): language.executables[name] ?? ""
        case .directory(let name): HostFile.directory(of: language.executables[name] ?? "")
        case .memoryBytes(let percent): String(memory.bytes / 100 * percent)
        case .memoryMebibytes(let percent): String(max(1, (memory.bytes / 100 * percent) >> 20))
        case .processes: String(processes)
        // Both mean something in what is made ahead alone.
        case .warm, .header: ""
        }
    }

    /// The program's further files that the language compiles, by their extension.
    private var otherSources: [String] {
        program.files.map(\.path)
            .filter { path in
                path != sourcePath && language.definition.extensions.contains { path.hasSuffix("." + $0) }
            }
            .map(Self.operand)
    }

    /// `path` in a form that no tool takes for an option.
    private static func operand(_ path: String) -> String { path.hasPrefix("-") ? "./" + path : path }

    /// `path` without its extension.
    private static func stem(_ path: String) -> String {
        guard let dot = path.lastIndex(of: "."), dot > path.startIndex, !path[dot...].contains("/") else {
            return path
        }
        return String(path[..<dot])
    }

    /// What every stage gets, what the language adds, what the stage adds, and what the program asks for.
    private func environment(_ stage: [String: Template], _ program: [String: String]) -> [String: String] {
        var environment = [
            "HOME": ResolvedLanguage.workDirectory, "LANG": "C.UTF-8", "PATH": searchPath, "TMPDIR": "/tmp",
        ]
        for (name, template) in language.definition.environment.merging(stage, uniquingKeysWith: { $1 }) {
            environment[name] = template.filled(value)
        }
        return environment.merging(program) { $1 }
    }

    /// The directories of the implementation's executables that lie elsewhere, then the system's.
    private var searchPath: String {
        var directories: [String] = []
        for rule in language.definition.executables where rule.kind != .file {
            let directory = HostFile.directory(of: language.executables[rule.name] ?? "")
            if !directories.contains(directory), directory != "/usr/bin", directory != "/bin" {
                directories.append(directory)
            }
        }
        return (directories + ["/usr/bin", "/bin"]).joined(separator: ":")
    }
}
