import Foundation
import SandboxModel
import Testing

@testable import LanguageFiles
@testable import Languages

@Suite struct ResolutionTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func definition(_ executables: String) throws -> LanguageDefinition {
        let text = definitionText(["executables": "executables: " + executables])
        return try DefinitionReader.definition(text, file: "toy.yaml")
    }

    private func resolve(_ executables: String, path: String = "") throws -> ResolvedLanguage {
        try ResolvedLanguage(
            try definition(executables),
            environment: ["PATH": path, "HOME": directory.path],
        )
    }

    @Test func `a missing implementation names its package`() throws {
        let error = #expect(throws: SandboxError.self) { try resolve("{toy: {candidates: [no-such-toy]}}") }
        #expect(error?.code == .languageNotInstalled)
        #expect(error?.description == "toy is not installed; apt-get install toy-lang")
    }

    @Test func `a program on the PATH is found only when the definition says so, with its prefix`() throws {
        let program = try directory.copyProgram("/usr/bin/env", to: "kit/bin/toy-tool")
        let path = directory.path + "/kit/bin"
        #expect(throws: SandboxError.self) { try resolve("{toy: {candidates: [toy-tool]}}", path: path) }
        let language = try resolve(
            "{toy: {candidates: [toy-tool], search_path: true, prefix: ..}}",
            path: path,
        )
        #expect(language.executables == ["toy": HostFile.realPath(program)])
        #expect(language.readOnlyPaths == [HostFile.realPath(directory.path + "/kit")])
        let alone = try resolve("{toy: {candidates: [toy-tool], search_path: true}}", path: path)
        #expect(alone.readOnlyPaths == [HostFile.realPath(program)])
    }

    @Test func `relative entries of the PATH are passed over`() throws {
        _ = try directory.copyProgram("/usr/bin/env", to: "toy-tool")
        #expect(throws: SandboxError.self) {
            try resolve("{toy: {candidates: [toy-tool], search_path: true}}", path: ".:bin")
        }
    }

    @Test(arguments: ["bin/toy-tool", ".local/bin/toy-tool"])
    func `an installation whose prefix is a home is refused`(place: String) throws {
        let program = try directory.copyProgram("/usr/bin/env", to: place)
        #expect(throws: SandboxError.self) { try resolve("{toy: {candidates: ['\(program)'], prefix: ..}}") }
        #expect(throws: Never.self) { try resolve("{toy: {candidates: ['\(program)']}}") }
    }

    @Test func `a shim is followed to the real program, and not taken without being told how`() throws {
        let program = try directory.copyProgram("/usr/bin/env", to: "versions/3/bin/toy-tool")
        let shim = "#!/bin/sh\n[ \"$1\" = where ] && echo \(program)\n"
        try directory.write("shims/toy-tool", shim, executable: true)
        let path = directory.path + "/shims"
        #expect(throws: SandboxError.self) {
            try resolve("{toy: {candidates: [toy-tool], search_path: true}}", path: path)
        }
        let rule =
            "{toy: {candidates: [toy-tool], search_path: true, prefix: .., shim: {arguments: [where]}}}"
        let language = try resolve(rule, path: path)
        #expect(language.executables == ["toy": HostFile.realPath(program)])
        #expect(language.readOnlyPaths == [HostFile.realPath(directory.path + "/versions/3")])
    }

    @Test func `a binary that stands in for many tools is asked under the name it was found by`() throws {
        let program = try directory.copyProgram("/usr/bin/env", to: "chain/bin/toy-tool")
        // bash, started as toy-tool: the prefix it prints depends on the name it was given.
        let binary = try directory.copyProgram("/usr/bin/bash", to: "shims/many")
        let link = directory.path + "/shims/toy-tool"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: binary)
        let rule = """
            {toy: {candidates: ['\(link)'], prefix: .., shim: {names: [many], pattern: '(.*)/shims/toy-tool', \
            arguments: [-c, 'echo $0'], path: '{output}/chain/bin/toy-tool'}}}
            """
        #expect(try resolve(rule).executables == ["toy": HostFile.realPath(program)])
    }

    @Test func `a user's definition replaces ours and an unread one does no harm`() throws {
        try directory.write("python.yaml", definitionText(["name": "name: python"]))
        try directory.write("broken.yaml", "name: broken\nnonsense: 1\n")
        let catalog = LanguageCatalog(directories: [directory.path, LanguageCatalog.builtInDirectory])
        #expect(try catalog.definition(named: "python").displayName == "Toy")
        #expect(try catalog.definition(named: "ruby").displayName == "Ruby")
        #expect(try catalog.detect(fileName: "x.toy")?.name == "python")
        let error = #expect(throws: SandboxError.self) { try catalog.definition(named: "broken") }
        #expect(error?.message == "\(directory.path)/broken.yaml:2:1: unknown key 'nonsense'")
        #expect(throws: SandboxError.self) { try catalog.all() }
    }

    @Test func `a version is read anew when its tool is replaced`() async throws {
        let path = directory.path + "/tool"
        func version(_ number: String) async throws -> String? {
            try directory.write("tool", "#!/bin/sh\necho version \(number)\n", executable: true)
            let text = definitionText([
                "executables": "executables: {toy: {candidates: ['\(path)'], kind: script}}",
                "version": "version: {command: ['{executable:toy}'], pattern: 'version ([0-9.]+)'}",
            ])
            let definition = try DefinitionReader.definition(text, file: "toy.yaml")
            return await (try ResolvedLanguage(definition, environment: [:])).version()
        }
        #expect(try await version("1.0") == "1.0")
        #expect(try await version("2.0.1") == "2.0.1")
    }

    @Test func `a tool that hangs is given up`() {
        let clock = ContinuousClock()
        let start = clock.now
        #expect(
            HostTool.output(of: "/usr/bin/cat", arguments: ["/dev/zero"], patience: .milliseconds(50)) == nil
        )
        #expect(HostTool.output(of: "/usr/bin/sleep", arguments: ["60"], patience: .milliseconds(50)) == nil)
        #expect(
            HostTool.output(
                of: "/bin/sh",
                arguments: ["-c", "exec >&- 2>&-; sleep 60"],
                patience: .milliseconds(50),
            ) == nil
        )
        #expect(clock.now - start < .seconds(30))
    }

    @Test func `a tool that fails or is absent has said nothing`() {
        #expect(HostTool.output(of: "/usr/bin/false", arguments: []) == nil)
        #expect(HostTool.output(of: "/no/such/tool", arguments: []) == nil)
        #expect(HostTool.output(of: "/usr/bin/echo", arguments: ["x"]) == "x\n")
    }
}
