import Testing

@testable import SandboxEngine
@testable import Sanderling

/// A fence has no mount tree: what a cell has at `/work` and `/tmp` is elsewhere.
@Suite struct FencePlacesTests {
    private let places = FencePlaces(in: "/dev/shm/x/1")

    @Test(arguments: [
        ("/work", "/dev/shm/x/1/work"), ("/work/a/b", "/dev/shm/x/1/work/a/b"), ("/tmp", "/dev/shm/x/1/tmp"),
        ("-FU/tmp", "-FU/dev/shm/x/1/tmp"), ("-Dx=/tmp/y", "-Dx=/dev/shm/x/1/tmp/y"),
        ("/workshop", "/workshop"), ("/tmpfs/x", "/tmpfs/x"), ("/usr/tmp", "/usr/tmp"),
        ("tmp/x.py", "tmp/x.py"),
        ("a/tmp/x.py", "a/tmp/x.py"), ("main.py", "main.py"), ("", ""),
    ])
    func `words that name a cell's places name the fence's`(word: String, expected: String) {
        #expect(places.word(word) == expected)
    }

    @Test func `what the program's author wrote stays as it is`() {
        var plan = ExecutionPlan(
            files: [],
            compile: [
                .init(executable: "/usr/bin/cc", arguments: ["cc", "-o", "/tmp/x"], environment: [:])
            ],
            run: .init(
                executable: "/work/a.out",
                arguments: ["/work/a.out", "/work/input"],
                environment: ["HOME": "/work", "OWN": "/work"],
            ),
            readOnlyPaths: [],
            policy: .init(),
            limits: .init(),
            compileLimits: .init(),
        )
        plan.own = (arguments: 1, variables: ["OWN"])
        let fenced = plan.fenced(at: places)
        #expect(fenced.run.executable == "/dev/shm/x/1/work/a.out")
        #expect(fenced.run.arguments == ["/dev/shm/x/1/work/a.out", "/work/input"])
        #expect(fenced.run.environment == ["HOME": "/dev/shm/x/1/work", "OWN": "/work"])
        #expect(fenced.compile.first?.arguments == ["cc", "-o", "/dev/shm/x/1/tmp/x"])
    }
}
