import SandboxModel
import Testing

@testable import Catalogue

/// The look at reports: what ours show is inert, whatever a program writes.
@Suite struct ReportsLookTests {
    @Test(arguments: [
        "\u{1B}[2J\u{1B}]0;INJ\u{7}", "\u{9B}2J", "\u{202E}INJ", "<script>INJ</script>", "<img src=INJ>",
        "]]><x INJ='1'/>",
        "=cmd|'/c calc'!A0", "a\rb", "\u{0}", "```\n<b INJ>\n",
    ])
    func `reports of a hostile record are inert`(text: String) {
        let result = ExecutionResult(
            language: "bash",
            verdict: .nonzeroExit,
            termination: .exited(code: 1),
            stdout: CapturedOutput(bytes: Array(text.utf8)),
            stderr: CapturedOutput(bytes: Array(text.utf8)),
            errorMessage: text,
            limits: Limits(),
            isolation: Isolation(layers: []),
            files: [CollectedFile(path: text, contents: Array(text.utf8))],
        )
        #expect(ReportsLook(result, of: Array(text.utf8)).findings == [])
    }

    @Test(arguments: [
        ("the terminal", "\u{1B}[2J", "the terminal holds U+1B"),
        ("html", "<p>\u{202E}", "html holds U+202E"),
        ("html", "<td><script>INJ", nil),
        ("html", "<td><script src=INJ>", "html holds the program's markup <script src=INJ>"),
        ("markdown", "<B INJ>", "markdown holds the program's markup <B INJ>"),
        ("markdown", "````text\n<b INJ>\n```\n````\n", nil),
        ("markdown", "```text\n<b INJ>\n```\n<b INJ>\n```\n", "markdown holds the program's markup <b INJ>"),
        ("markdown", "````text\n# INJ\n````\n#4 INJ\n", nil),
        ("markdown", "```text\n```\n# INJ\n```\n", "markdown holds the program's markup # INJ"),
        ("junit", "<testsuite>\u{FFFE}</testsuite>", "junit holds the element U+FFFE"),
        ("junit", "<testsuite><![CDATA[<x/>]]></testsuite>", nil),
        ("junit", "<testsuite><![CDATA[]]><x INJ='1'/></testsuite>", "junit holds the element x"),
        ("JSON", "{", "JSON is no JSON"),
        ("csv", "1,-2,\"a,=b\"\n", nil),
        ("csv", "1,\"=cmd|'x'!A0\"\n", "csv holds the formula =cmd|'x'!A0"),
    ])
    func `what acts on a reader is found`(name: String, text: String, finding: String?) {
        #expect(ReportsLook.finding(in: text, of: name) == finding)
    }
}
