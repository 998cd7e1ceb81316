import SandboxModel
import Testing

struct PathNamesTests {
    @Test func `a path's names are those that the kernel sees`() {
        #expect("/a//b/".pathNames() == ["a", "b"])
        #expect("/a//b/".pathNames(keepingEmpty: true) == ["", "a", "", "b", ""])
        #expect("".pathNames().isEmpty)
        #expect("".pathNames(keepingEmpty: true) == [""])
        #expect("a/b"[...].pathNames() == ["a", "b"])
    }

    @Test func `a mark after a slash hides neither the slash nor what stands before it`() {
        #expect("../\u{301}x".pathNames() == ["..", "\u{301}x"])
        #expect("a/\u{20DD}../b".pathNames() == ["a", "\u{20DD}..", "b"])
    }
}
