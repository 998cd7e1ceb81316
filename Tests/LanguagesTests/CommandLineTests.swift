import SandboxModel
import Testing

@testable import LanguageFiles
@testable import Languages

@Suite struct CommandLineTests {
    private func language(_ changes: [String: String?]) throws -> ResolvedLanguage {
        var changes = changes
        changes["executables"] = "executables: {toy: {candidates: [/usr/bin/env]}}"
        let definition = try DefinitionReader.definition(definitionText(changes), file: "toy.yaml")
        return try ResolvedLanguage(definition, environment: [:])
    }

    private func commands(_ changes: [String: String?], _ program: Program) throws -> StageCommands {
        try language(changes).commands(for: program, memory: .megabytes(200), processes: 7)
    }

    private let compiled: [String: String?] = [
        "compile": """
        compile:
          steps:
            - ["{executable:toy}", -o, "{output}", "{sources}"]
            - ["{executable:toy}", "{other_sources}", "{source}"]
          environment: {STAGE: compile}
          files: {.toy/types: text}
        environment: {BOTH: "{directory:toy}"}
        """,
        "run": "run: {command: ['./{output}'], arguments_separator: '--', environment: {STAGE: run}}",
    ]

    @Test func `an interpreter gets the source's name, the arguments and a small environment`() throws {
        let run = try commands([:], Program(language: "toy", code: "x", arguments: ["-a", "b c"])).run
        let executable = try #require(HostFile.realPath("/usr/bin/env"))
        #expect(run.executable == executable)
        #expect(run.arguments == [executable, "main.toy", "-a", "b c"])
        #expect(
            run.environment == [
                "HOME": "/work", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TMPDIR": "/tmp",
            ]
        )
    }

    @Test func `a program's compiler options go where its language has a place for them`() throws {
        let changes = ["compile": "compile: {steps: [['{executable:toy}', '{options}', '{source}']]}"]
        var program = Program(language: "toy", code: "x")
        let tool = try #require(HostFile.realPath("/usr/bin/env"))
        #expect(try commands(changes, program).compile.map(\.arguments) == [[tool, "main.toy"]])
        program.compilerOptions = ["-O2", "-DNAME=a b"]
        #expect(
            try commands(changes, program).compile.map(\.arguments) == [
                [tool, "-O2", "-DNAME=a b", "main.toy"]
            ]
        )
        #expect(try language(changes).definition.compile?.takesOptions == true)
        #expect(try language(compiled).definition.compile?.takesOptions == false)
    }

    @Test func `a compiled program is compiled with all its files and run from the work directory`() throws {
        var program = Program(language: "toy", code: "x", arguments: ["1"])
        program.files = [
            ProgramFile(path: "more.toy", contents: []), ProgramFile(path: "data.txt", contents: []),
            ProgramFile(path: "-odd.toy", contents: []),
        ]
        let stages = try commands(compiled, program)
        let tool = try #require(HostFile.realPath("/usr/bin/env"))
        #expect(
            stages.compile.map(\.arguments) == [
                [tool, "-o", "main.out", "main.toy", "more.toy", "./-odd.toy"],
                [tool, "more.toy", "./-odd.toy", "main.toy"],
            ]
        )
        #expect(stages.run.executable == "/work/main.out")
        #expect(stages.run.arguments == ["./main.out", "--", "1"])
        #expect(stages.files.map(\.path) == [".toy/types"])
        #expect(stages.compile[0].environment["STAGE"] == "compile")
        #expect(stages.run.environment["STAGE"] == "run")
        #expect(stages.run.environment["BOTH"] == "/usr/bin")
    }

    @Test func `a separator stands only before arguments`() throws {
        #expect(try commands(compiled, Program(language: "toy", code: "x")).run.arguments == ["./main.out"])
    }

    @Test func `the program's environment wins over the language's, in the run stage alone`() throws {
        var program = Program(language: "toy", code: "x")
        program.environment = ["STAGE": "mine"]
        let stages = try commands(compiled, program)
        #expect(stages.run.environment["STAGE"] == "mine")
        #expect(stages.compile[0].environment["STAGE"] == "compile")
    }

    @Test(arguments: [
        ("lib/tool.toy", "lib/tool.out"), ("-x.toy", "./-x.out"), ("noext", "noext.out"),
        ("a.b/c", "a.b/c.out"),
    ])
    func `a source name given by the program decides the output's`(name: String, output: String) throws {
        var program = Program(language: "toy", code: "x")
        program.sourceName = name
        let stages = try commands(compiled, program)
        #expect(stages.sourcePath == name)
        #expect(stages.compile[0].arguments[2] == output)
        #expect(stages.run.executable == HostFile.normalised("/work/" + output))
    }

    @Test func `limits are filled in, whole or in part`() throws {
        let run =
            "run: {command: [x, '{memory_bytes}', '-Xmx{memory_bytes:65%}', '{memory_mib:50%}', '{processes}']}"
        let arguments = try commands(["run": run], Program(language: "toy", code: "x")).run.arguments
        #expect(arguments == ["x", "200000000", "-Xmx130000000", "95", "7"])
    }

    @Test func `a public Java type names its file and is started with its package`() throws {
        let rule: [String: String?] = [
            "source_rule": "source_rule: java_main_class", "source_name": "source_name: Main.java",
            "run": "run: {command: [x, '{main_class}', '{source}']}",
        ]
        let packaged = "package p; public class A { public static void main(String[] a) {} }"
        let stages = try commands(rule, Program(language: "toy", code: packaged))
        #expect(stages.run.arguments == ["x", "p.A", "A.java"])
        let bare = try commands(rule, Program(language: "toy", code: "// nothing"))
        #expect(bare.run.arguments == ["x", "Main", "Main.java"])
    }
}
