import LaunchProtocol
import Testing

@Suite struct GlobTests {
    private func matches(_ pattern: String, _ path: String) -> Bool {
        Glob(Array(pattern.utf8)).matches(Array(path.utf8))
    }

    @Test(arguments: [
        ("a.txt", "a.txt"), ("*.txt", "a.txt"), ("*.txt", ".txt"), ("?.txt", "a.txt"), ("**", "a/b/c"),
        ("**", ""),
        ("**/*.txt", "a.txt"), ("**/*.txt", "x/y/a.txt"), ("out/**", "out/a"), ("out/**/z", "out/z"),
        ("out/**/z", "out/a/b/z"), ("a*c*e", "abcde"), ("*", "line\nbreak"), ("dir/*", "dir/é"),
        ("a**b", "a/x/b"),
    ])
    func `a pattern matches what it describes`(pattern: String, path: String) {
        #expect(matches(pattern, path))
    }

    @Test(arguments: [
        ("a.txt", "a.txtx"), ("a.txt", "xa.txt"), ("*.txt", "d/a.txt"), ("?", "/"), ("?", ""), ("", "a"),
        ("a?b", "a/b"), ("out/**/z", "outz"), ("out/**/z", "out/xz"), ("**/z", "xz"), ("A", "a"),
        ("*/a", "a"),
        ("[ab]", "a"),
    ])
    func `a pattern matches nothing else`(pattern: String, path: String) {
        #expect(!matches(pattern, path))
    }

    @Test func `bytes that are no text are matched as bytes`() {
        #expect(Glob(Array("*.bin".utf8)).matches([0xff, 0xfe] + Array(".bin".utf8)))
    }

    @Test func `a path made to be slow to match is not`() {
        // Backtracking takes longer than the universe has existed.
        let pattern = String(repeating: "*a", count: 40) + "b"
        #expect(!matches(pattern, String(repeating: "a", count: 4_000)))
    }
}
