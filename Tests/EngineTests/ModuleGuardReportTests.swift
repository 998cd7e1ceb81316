import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The module guard's report comes out of the program's own process: whatever it holds must be read without harm.
@Suite struct ModuleGuardReportTests {
    private func read(_ lines: String...) -> ModuleGuard.Report {
        ModuleGuard.read(Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    @Test func `nothing reported is nothing refused`() {
        #expect(ModuleGuard.read([]) == ModuleGuard.Report())
    }

    @Test func `a handled refusal is a violation and ends nothing`() {
        let report = read(#"{"module":"socket","handled":true}"#)
        #expect(report.fatalModule == nil)
        #expect(report.violations == [Violation(kind: .module, name: "socket", attestedBy: .program)])
    }

    @Test func `the same module refused again is counted`() {
        let line = #"{"module":"socket","handled":true}"#
        let report = read(line, #"{"module":"os","handled":true}"#, line, line)
        #expect(report.violations.map(\.name) == ["socket", "os"])
        #expect(report.violations.map(\.count) == [3, 1])
    }

    @Test func `the refusal that ended the program was counted when it happened`() {
        let report = read(#"{"module":"os","handled":true}"#, #"{"module":"os","handled":false}"#)
        #expect(report.fatalModule == "os")
        #expect(report.violations.map(\.count) == [1])
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "{", #""socket""#, #"{"module":7,"handled":true}"#, #"{"module":"os"}"#,
        #"{"module":"os","handled":"false"}"#, "\u{0}\u{1}", #"{"module":null,"handled":false}"#,
        #"{"module":"","handled":false}"#,
    ])
    func `a forged line that means nothing is passed over`(line: String) {
        let report = read(line, #"{"module":"os","handled":true}"#)
        #expect(report.fatalModule == nil)
        #expect(report.violations.map(\.name) == ["os"])
    }

    @Test func `a name that is too long to be one is passed over`() {
        let name = String(repeating: "a", count: 257)
        #expect(read(#"{"module":"\#(name)","handled":false}"#) == ModuleGuard.Report())
    }

    @Test func `bytes that are no text are passed over`() {
        #expect(ModuleGuard.read([0xff, 0xfe, 10, 0x80, 10, 10]) == ModuleGuard.Report())
    }

    @Test func `a last line without its end counts`() {
        let line = #"{"module":"os","handled":false}"#
        #expect(ModuleGuard.read(Array(line.utf8)).fatalModule == "os")
    }
}
