import SandboxModel
import Testing

@testable import LanguageFiles
@testable import Languages

@Suite struct DefinitionErrorTests {
    @Test func `the small definition that the others are made from is right`() throws {
        let definition = try DefinitionReader.definition(definitionText(), file: "toy.yaml")
        #expect(definition.name == "toy")
        #expect(definition.compile == nil)
    }

    @Test func `a definition that names no family has the widest`() throws {
        let definition = try DefinitionReader.definition(definitionText(["family": nil]), file: "toy.yaml")
        #expect(definition.family == .native)
    }

    @Test(
        arguments: [
            (["run": "runs: {}"], "toy.yaml:8:1: unknown key 'runs', did you mean 'run'?"),
            (
                ["run": "run: {comand: [x]}"],
                "toy.yaml:8:7: unknown key 'run.comand', did you mean 'command'?",
            ),
            (["extensions": "extensions: toy"], "toy.yaml:3:13: 'extensions' must be a list of strings"),
            (["extensions": "extensions: [[a]]"], "toy.yaml:3:14: 'extensions' must hold strings alone"),
            (
                ["extensions": "extensions: [.toy]"],
                "toy.yaml:3:13: 'extensions' has '.toy', but extensions are written without the dot",
            ),
            (
                ["family": "family: martian"],
                "toy.yaml:4:9: 'family' is 'martian', but must be one of native, interpreter, javascript, jvm, perl, php, python, ruby, script",
            ),
            (
                ["name": "name: other"],
                "toy.yaml:1:7: 'name' is 'other', but the file is not called 'other.yaml'",
            ),
            (["display_name": "display_name: [Toy]"], "toy.yaml:2:15: 'display_name' must be a string"),
            (["display_name": "display_name: ''"], "toy.yaml:2:15: 'display_name' is empty"),
            (
                ["executables": "executables: {toy: {candidates: []}}"],
                "toy.yaml:6:20: 'executables.toy.candidates' is missing",
            ),
            (
                ["executables": "executables: {toy: {candidates: [t], search_path: perhaps}}"],
                "toy.yaml:6:51: 'executables.toy.search_path' must be true or false",
            ),
            (
                ["run": "run: {command: ['{warm}/toy']}"],
                "toy.yaml:8:16: 'run.command' has a placeholder that means nothing here: {warm}",
            ),
            (
                ["compile": "compile: {steps: [[a]], warm: {source: a, steps: [['{header}']]}}"],
                "toy.yaml:10:50: 'compile.warm.steps' has a placeholder that means nothing here: {header}",
            ),
            (
                ["compile": "compile: {steps: [[a]], warm: {source: a, steps: [[a]], headers: [../b]}}"],
                "toy.yaml:10:66: 'compile.warm.headers' has '../b', which is no name of a header",
            ),
            (
                ["compile": "compile: {steps: [[a]], warm: {steps: [[a]]}}"],
                "toy.yaml:10:31: 'compile.warm.source' is missing",
            ),
            (
                ["run": "run: {command: ['{executable:tyo}']}"],
                "toy.yaml:8:16: 'run.command' names no executable declared before it: 'tyo'",
            ),
            (
                ["run": "run: {command: ['{sorce}']}"],
                "toy.yaml:8:16: 'run.command' has an unknown placeholder '{sorce}'",
            ),
            (
                ["run": "run: {command: ['-Xmx{memory_bytes:0%}']}"],
                "toy.yaml:8:16: 'run.command' has an unknown placeholder '{memory_bytes:0%}'",
            ),
            (
                ["run": "run: {command: ['-f{sources}']}"],
                "toy.yaml:8:16: 'run.command' has '-f{sources}', but a list must be an argument of its own",
            ),
            (
                ["run": "run: {command: [x], private_directory: tmp}"],
                "toy.yaml:8:40: 'run.private_directory' must be an absolute path",
            ),
            (
                ["version": "version: {pattern: '([0-9]+)'}"],
                "toy.yaml:10:10: 'version' must have exactly one of 'command', 'file' and 'path'",
            ),
            (
                ["version": "version: {path: toy, pattern: '[0-9]+'}"],
                "toy.yaml:10:31: 'version.pattern' must have exactly one group",
            ),
            (
                ["version": "version: {path: toy, pattern: '('}"],
                "toy.yaml:10:31: 'version.pattern' is no regular expression",
            ),
            (
                ["compile": "compile: {steps: [[cc]], limits: {wall_time: -1}}"],
                "toy.yaml:10:46: 'compile.limits.wall_time' must be a number of seconds above 0 and at most 86400",
            ),
            (
                ["compile": "compile: {steps: [[cc]], limits: {memory: lots}}"],
                "toy.yaml:10:43: 'compile.limits.memory' must be a size such as 600MB or 2GiB",
            ),
            (
                ["compile": "compile: {steps: [[cc]], limits: {processes: 0}}"],
                "toy.yaml:10:46: 'compile.limits.processes' must be a whole number above 0 and at most 1000000",
            ),
            (
                ["compile": "compile: {steps: [[cc]], files: {../x: y}}"],
                "toy.yaml:10:33: 'compile.files' has '../x', which is outside the work directory",
            ),
            (
                ["compile": "compile: {steps: [['-m{memory_mib}']]}"],
                "toy.yaml:10:18: 'compile.steps' has a placeholder that means nothing here: {memory_mib}",
            ),
            (["hello": "hello: {source: hi}"], "toy.yaml:9:8: 'hello.expected_output' is missing"),
            (
                ["read_only_paths": "read_only_paths: [etc]"],
                "toy.yaml:10:18: 'read_only_paths' has 'etc', which is no absolute path",
            ),
            (["package": "name: toy"], "toy.yaml:1:1: key 'name' is given twice"),
            (["package": "package: [unclosed"], "toy.yaml:6:12: did not find expected ',' or ']'"),
        ] as [([String: String?], String)]
    )
    func `a mistake is named with its file, place and key`(changes: [String: String?], message: String) {
        let error = #expect(throws: SandboxError.self) {
            try DefinitionReader.definition(definitionText(changes), file: "toy.yaml")
        }
        #expect(error?.code == .invalidDefinition)
        #expect(error?.message == message)
    }

    @Test func `a name that no request could give is refused`() {
        let error = #expect(throws: SandboxError.self) {
            try DefinitionReader.definition(definitionText(["name": "name: Toy"]), file: "Toy.yaml")
        }
        #expect(
            error?.message
                == "Toy.yaml:1:7: 'name' is 'Toy', but must consist of small letters, digits, '_', '-' and '+'"
        )
    }

    @Test(arguments: ["", "- a\n- b\n", "just text\n"])
    func `a file that is no mapping is refused`(text: String) {
        let error = #expect(throws: SandboxError.self) {
            try DefinitionReader.definition(text, file: "toy.yaml")
        }
        #expect(error?.code == .invalidDefinition)
        #expect(error?.message.hasPrefix("toy.yaml:1:1: ") == true)
    }

    @Test func `a definition that cannot be read is named, and is no unknown language`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("toy.yaml/inside", "")
        try directory.write("tyo.yaml", definitionText(["name": "name: tyo"]))
        let catalog = LanguageCatalog(directories: [directory.path])
        let error = #expect(throws: SandboxError.self) { try catalog.definition(named: "toy") }
        #expect(error?.code == .invalidDefinition)
        #expect(
            error?.message
                == "\(directory.path)/toy.yaml: is no readable file of UTF-8 text below 1 MiB (not a regular file)"
        )
        #expect(error?.mend != nil)
    }
}
