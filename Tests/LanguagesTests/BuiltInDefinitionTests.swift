import SandboxModel
import Testing

@testable import LanguageFiles
@testable import Languages

@Suite struct BuiltInDefinitionTests {
    private static let catalog = LanguageCatalog(directories: [LanguageCatalog.builtInDirectory])

    private static let expected = [
        "awk", "bash", "c", "cpp", "fortran", "go", "haskell", "java", "javascript", "kotlin", "lua", "ocaml",
        "pascal", "perl", "php", "project", "python", "r", "ruby", "rust", "scala", "sh", "sql", "swift",
        "tcl",
        "typescript",
        "zig",
    ]

    @Test func `every promised language has a definition that loads`() throws {
        #expect(try Self.catalog.all().map(\.name) == Self.expected)
    }

    @Test(arguments: expected)
    func `a definition loads by its name and says how to install it`(name: String) throws {
        let definition = try Self.catalog.definition(named: name)
        #expect(definition.name == name)
        #expect(!definition.package.isEmpty || definition.installHint != nil)
        #expect(!definition.hello.expectedOutput.isEmpty)
        // A project's script is of no language's extension.
        let suffix = definition.extensions.first.map { "." + $0 } ?? ""
        #expect(definition.compile == nil || suffix.isEmpty || definition.sourceName.hasSuffix(suffix))
    }

    @Test func `no two languages share a name, an alias, an extension or a first line`() throws {
        let all = try Self.catalog.all()
        for values in [
            all.flatMap { [$0.name] + $0.aliases }, all.flatMap(\.extensions), all.flatMap(\.shebangs),
        ] {
            let repeated = Dictionary(grouping: values, by: { $0 }).filter { $0.value.count > 1 }.keys
            #expect(repeated.isEmpty)
        }
    }

    @Test(arguments: [
        ("main.py", nil, "python"), ("a/b.mjs", nil, "javascript"), ("x.cc", nil, "cpp"),
        ("x.c++", nil, "cpp"),
        ("x.R", nil, "r"), ("run.sh", nil, "bash"), ("run.sh", "#!/bin/sh\n", "sh"),
        ("tool", "#!/usr/bin/env -S python3 -u", "python"), ("tool", "#! /usr/bin/python3.11", "python"),
        ("tool", "#!/usr/bin/env LANG=C perl -w", "perl"), ("tool", "#!/usr/bin/awk -f", "awk"),
        ("main.ts", "#!/usr/bin/env node", "typescript"), ("script.py", "#!/bin/bash", "bash"),
    ])
    func `a file's language is found`(fileName: String, firstLine: String?, language: String) throws {
        #expect(try Self.catalog.detect(fileName: fileName, firstLine: firstLine)?.name == language)
    }

    @Test(
        arguments: [
            ("README", nil), (".py", nil), ("x.", nil), ("x.unheard", nil), ("dir.py/file", nil),
            ("tool", "# /usr/bin/python"), ("tool", "#!"), ("tool", "#!/usr/bin/env"),
            ("tool", "#!/bin/pythonista"),
        ] as [(String, String?)]
    )
    func `a file without a language is not given one`(fileName: String, firstLine: String?) throws {
        #expect(try Self.catalog.detect(fileName: fileName, firstLine: firstLine) == nil)
    }

    @Test(arguments: [("c++", "cpp"), ("JS", "javascript"), ("sqlite3", "sql"), ("Python3", "python")])
    func `an alias finds its language`(alias: String, language: String) throws {
        #expect(try Self.catalog.definition(named: alias).name == language)
    }

    @Test(arguments: [
        String(repeating: "a", count: 260), String(repeating: "python", count: 1_000), "python\0",
    ])
    func `what can be no language's name is unknown, and told in few words`(_ name: String) {
        let error = #expect(throws: SandboxError.self) { try Self.catalog.definition(named: name) }
        #expect(error?.code == .unknownLanguage)
        #expect((error?.message.utf8.count ?? 0) < 200)
    }

    @Test func `an unknown language is answered with the nearest one`() {
        let error = #expect(throws: SandboxError.self) { try Self.catalog.definition(named: "pyhton") }
        #expect(error?.code == .unknownLanguage)
        #expect(error?.description == "unknown language 'pyhton'; did you mean 'python'?")
    }

    @Test(arguments: ["../python", "", "/etc/passwd", "python.yaml"])
    func `a name is never a path`(name: String) {
        let error = #expect(throws: SandboxError.self) { try Self.catalog.definition(named: name) }
        #expect(error?.code == .unknownLanguage)
    }

    @Test(arguments: expected)
    func `an installed language tells where it is and which version`(name: String) async throws {
        let resolution = Result { try Self.catalog.resolve(name) }
        guard case .success(let language) = resolution else {
            #expect(throws: SandboxError.self) { try resolution.get() }
            return
        }
        #expect(language.executables.values.allSatisfy { $0.hasPrefix("/") && HostFile.isRegular($0) })
        let version = await language.version()
        #expect((version != nil) == (language.definition.version != nil))
        let commands = language.commands(
            for: Program(language: name, code: language.definition.hello.source),
            memory: .megabytes(256),
            processes: 64,
        )
        for command in commands.compile + [commands.run] {
            #expect(command.executable.hasPrefix("/"))
            #expect(command.arguments.allSatisfy { !$0.contains("{") && !$0.isEmpty })
        }
    }
}
