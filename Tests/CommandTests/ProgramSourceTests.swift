import ArgumentParser
import Foundation
import LanguageFiles
import Languages
import SandboxModel
import Testing

@testable import SanderlingCLI

/// How a program's language is found, and under which name its source goes in.
@Suite struct ProgramSourceTests {
    private let catalog = LanguageCatalog()

    private func language(of source: ProgramSource, _ text: String = "", named name: String? = nil) throws
        -> String
    {
        try source.language(named: name, source: Array(text.utf8), in: catalog).name
    }

    @Test func `the language is the named one, the extension's, or that of the first line`() throws {
        #expect(try language(of: .file("x.py")) == "python")
        #expect(try language(of: .file("x.py"), named: "bash") == "bash")
        #expect(try language(of: .file("script"), "#!/usr/bin/env python3\nprint(1)\n") == "python")
        #expect(try language(of: .code("1"), named: "js") == "javascript")
    }

    @Test func `a file that does not say its language is a mistake`() {
        #expect(throws: Mistake.self) { try language(of: .file("notes"), "hello\n") }
        #expect(throws: SandboxError.self) { try language(of: .file("x.py"), named: "pyhton") }
    }

    @Test func `a source keeps its name where its language knows the extension`() throws {
        let java = try catalog.definition(named: "java")
        #expect(ProgramSource.file("a/Shapes.java").name(in: java) == "Shapes.java")
        #expect(ProgramSource.file("a/Shapes.txt").name(in: java) == nil)
        #expect(ProgramSource.file("/dev/fd/63").name(in: java) == nil)
        #expect(ProgramSource.file("-x.java").name(in: java) == nil)
        #expect(ProgramSource.code("class A {}").name(in: java) == nil)
    }

    @Test func `module lists are refused where nothing would enforce them`() throws {
        let modules = ModulePolicy(denied: ["os"])
        let bash = try ProgramRequest(ProgramOptions.parse(["-c", "ls", "-l", "bash"]), in: catalog)
        let python = try ProgramRequest(ProgramOptions.parse(["-c", "1", "-l", "python"]), in: catalog)
        #expect(throws: Mistake.self) { try bash.check(modules, in: catalog) }
        try bash.check(ModulePolicy(), in: catalog)
        try python.check(modules, in: catalog)
    }

    @Test func `a file that cannot be read says why`() {
        let error = #expect(throws: Mistake.self) { try HostFile(path: "/nowhere/x.py") }
        #expect(error?.description == "'/nowhere/x.py' cannot be read: No such file or directory")
        #expect(throws: Mistake("'/' cannot be read: Is a directory")) { try HostFile(path: "/") }
    }
}
