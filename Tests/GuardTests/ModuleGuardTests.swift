import Testing

/// The guards against ways round them, and against programs that must not notice them.
struct `Module guard` {
    @Test(arguments: GuardCase.all(.attacks, .python) + GuardCase.all(.attacks, .javascript))
    func `an attack succeeds without the guard and fails with it`(test: GuardCase) async throws {
        let bare = try await run(test, guarded: false)
        #expect(bare.stdout.contains("BREACH"), "the attack cannot tell: \(bare.stderr.suffix(500))")
        let guarded = try await run(test, guarded: true)
        #expect(!guarded.stdout.contains("BREACH"))
        #expect(guarded.exitCode != 125, "the guard did not start: \(guarded.stderr)")
        #expect(guarded.exitCode < 124, "the interpreter crashed or hung: \(guarded.stderr.suffix(500))")
    }

    @Test(arguments: GuardCase.all(.benign, .python) + GuardCase.all(.benign, .javascript))
    func `a benign program behaves as without the guard`(test: GuardCase) async throws {
        let bare = try await run(test, guarded: false)
        let guarded = try await run(test, guarded: true)
        #expect(guarded.comparable == bare.comparable)
        #expect(guarded.reports.filter { !$0.handled } == [])
    }

    @Test func `there are as many cases as promised`() {
        #expect(GuardCase.all(.attacks, .python).count >= 60)
        #expect(GuardCase.all(.benign, .python).count >= 35)
        #expect(GuardCase.all(.attacks, .javascript).count >= 10)
        #expect(GuardCase.all(.benign, .javascript).count >= 10)
    }

    @Test func `a refused import that nobody caught ends the program and is reported so`() async throws {
        let result = try await run(
            "def f():\n    import os.path\nf()\n",
            named: "main.py",
            language: .python,
            policy: #"{"denied": ["os"]}"#,
        )
        #expect(result.exitCode == 1)
        #expect(
            result.stderr == """
                Traceback (most recent call last):
                  File "/work/main.py", line 3, in <module>
                    f()
                  File "/work/main.py", line 2, in f
                    import os.path
                ImportError: module 'os.path' is restricted by the sandbox policy

                """
        )
        #expect(
            result.reports == [
                .init(module: "os.path", handled: true), .init(module: "os.path", handled: false),
            ]
        )
    }

    @Test func `a refused import that was caught is reported as handled`() async throws {
        let result = try await run(
            "try:\n    import os\nexcept ImportError as error:\n    print(type(error) is ImportError, error.name)\n",
            named: "main.py",
            language: .python,
            policy: #"{"denied": ["os"]}"#,
        )
        #expect(result.exitCode == 0)
        #expect(result.stdout == "True os\n")
        #expect(result.reports == [.init(module: "os", handled: true)])
    }

    @Test func `another error while a refusal is handled is not the refusal`() async throws {
        let result = try await run(
            "try:\n    import os\nexcept ImportError:\n    1 / 0\n",
            named: "main.py",
            language: .python,
            policy: #"{"denied": ["os"]}"#,
        )
        #expect(result.exitCode == 1)
        #expect(result.reports == [.init(module: "os", handled: true)])
    }

    @Test func `a refused require that nobody caught ends the program and is reported so`() async throws {
        let result = try await run(
            "require('node:fs')\n",
            named: "main.cjs",
            language: .javascript,
            policy: #"{"denied": ["fs"]}"#,
        )
        #expect(result.exitCode == 1)
        #expect(result.stderr.contains("Error: module 'fs' is restricted by the sandbox policy"))
        #expect(
            result.reports == [.init(module: "fs", handled: true), .init(module: "fs", handled: false)]
        )
    }

    @Test func `a refused import in JavaScript that was caught is reported as handled`() async throws {
        let result = try await run(
            "try { await import('fs') } catch (error) { console.log(error.code, error.module) }\n",
            named: "main.mjs",
            language: .javascript,
            policy: #"{"denied": ["fs"]}"#,
        )
        #expect(result.exitCode == 0)
        #expect(result.stdout == "ERR_ACCESS_DENIED fs\n")
        #expect(result.reports == [.init(module: "fs", handled: true)])
    }

    @Test(arguments: ["import os\n", "print(1)\n"])
    func `reports stay within their bound`(line: String) async throws {
        let result = try await run(
            "for _ in range(5000):\n    try:\n        \(line)    except ImportError:\n        pass\n",
            named: "main.py",
            language: .python,
            policy: #"{"denied": ["os"]}"#,
        )
        #expect(result.exitCode == 0)
        #expect(result.reports.count <= 64_000 / #"{"module":"os","handled":true}"#.count)
        #expect(result.reports.isEmpty != line.hasPrefix("import"))
    }

    @Test(arguments: [GuardCase.Language.python, .javascript])
    func `a policy that cannot be read lets nothing run`(language: GuardCase.Language) async throws {
        let result = try await run(
            language == .python ? "print('ran')\n" : "console.log('ran')\n",
            named: language == .python ? "main.py" : "main.cjs",
            language: language,
            policy: #"{"denied": "os"}"#,
        )
        #expect(result.exitCode == 125)
        #expect(result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("sanderling: the module guard could not start"))
    }
}
