import Languages
import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The guards against ways round them, and against programs that must not notice them; all in real sandboxes.
struct `Module guard` {
    @Test(arguments: GuardCase.all(.attacks, .python) + GuardCase.all(.attacks, .javascript))
    func `an attack succeeds without the guard and fails with it`(test: GuardCase) async throws {
        let bare = try await run(test.program)
        #expect(bare.output.contains("BREACH"), "the attack cannot tell: \(bare.errors)")
        let guarded = try await run(test.program, test.modules)
        #expect(!guarded.output.contains("BREACH"))
        #expect(guarded.exitCode != 125, "the guard did not start: \(guarded.errors)")
        #expect((0..<124).contains(guarded.exitCode), "the interpreter crashed or hung: \(guarded.errors)")
    }

    @Test(arguments: GuardCase.all(.benign, .python) + GuardCase.all(.benign, .javascript))
    func `a benign program behaves as without the guard`(test: GuardCase) async throws {
        let bare = try await run(test.program)
        let guarded = try await run(test.program, test.modules)
        #expect(guarded.termination == bare.termination)
        #expect(guarded.output.withoutAddresses == bare.output.withoutAddresses)
        #expect(guarded.errors.withoutAddresses == bare.errors.withoutAddresses)
        #expect(guarded.verdict == bare.verdict)
    }

    @Test func `there are as many cases as promised`() {
        #expect(GuardCase.all(.attacks, .python).count >= 60)
        #expect(GuardCase.all(.benign, .python).count >= 35)
        #expect(GuardCase.all(.attacks, .javascript).count >= 10)
        #expect(GuardCase.all(.benign, .javascript).count >= 10)
    }

    private static let withoutOS = ModulePolicy(denied: ["os"])

    @Test func `a refused import that nobody caught ends the program and is reported so`() async throws {
        let result = try await run(.python("def f():\n    import os.path\nf()\n"), Self.withoutOS)
        #expect(result.exitCode == 1)
        #expect(
            result.errors == """
                Traceback (most recent call last):
                  File "/work/main.py", line 3, in <module>
                    f()
                  File "/work/main.py", line 2, in f
                    import os.path
                ImportError: module 'os.path' is restricted by the sandbox policy

                """
        )
        #expect(result.verdict == .policyViolation)
        #expect(result.evidence?.value == "os.path")
        #expect(result.evidence?.attestedBy == .program)
        #expect(result.refusedModules == ["os.path": 1])
    }

    @Test func `a refused import that was caught is listed and changes no verdict`() async throws {
        let code = """
            try: import os
            except ImportError as error: print(type(error) is ImportError, error.name)
            """
        let result = try await run(.python(code), Self.withoutOS)
        #expect(result.verdict == .ok)
        #expect(result.output == "True os\n")
        #expect(result.refusedModules == ["os": 1])
    }

    @Test func `another error while a refusal is handled is not the refusal`() async throws {
        let code = "try:\n    import os\nexcept ImportError:\n    1 / 0\n"
        let result = try await run(.python(code), Self.withoutOS)
        #expect(result.verdict == .nonzeroExit)
        #expect(result.refusedModules == ["os": 1])
    }

    @Test func `a refused require that nobody caught ends the program and is reported so`() async throws {
        let result = try await run(.javascript("require('node:fs')\n"), ModulePolicy(denied: ["fs"]))
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("Error: module 'fs' is restricted by the sandbox policy"))
        #expect(result.verdict == .policyViolation)
        #expect(result.refusedModules == ["fs": 1])
    }

    @Test func `a refused import in JavaScript that was caught is listed and changes no verdict`()
        async throws
    {
        var program = Program.javascript(
            "try { await import('fs') } catch (error) { console.log(error.code, error.module) }\n"
        )
        program.sourceName = "main.mjs"
        let result = try await run(program, ModulePolicy(denied: ["fs"]))
        #expect(result.verdict == .ok)
        #expect(result.output == "ERR_ACCESS_DENIED fs\n")
        #expect(result.refusedModules == ["fs": 1])
    }

    @Test(arguments: ["import os", "print(1)"])
    func `reports stay within their bound`(line: String) async throws {
        let code = "for _ in range(5000):\n    try: \(line)\n    except ImportError: pass\n"
        let result = try await run(.python(code), Self.withoutOS)
        #expect(result.verdict == .ok)
        let count = result.refusedModules["os"] ?? 0
        #expect(count <= 64_000 / #"{"module":"os","handled":true}"#.count)
        #expect((count > 0) == line.hasPrefix("import"))
    }

    @Test(arguments: [Program.python("print('ran')"), .javascript("console.log('ran')")])
    func `lists that cannot be read let nothing run`(program: Program) async throws {
        let sandbox = try await Probe.shared
        let ready = try ProgramPreparation(
            program,
            in: sandbox.configuration.languages.resolve(program.language),
            policy: Policy(modules: Self.withoutOS),
            limits: Limits(),
            compileLimits: nil,
        )
        var plan = ready.plan
        plan.moduleGuard?.policy = Array(#"{"denied": "os"}"#.utf8)
        let broken = ProgramPreparation(plan: plan, modules: ready.modules)
        let result = try await offload {
            try sandbox.engine.run(
                broken,
                stdin: .empty,
                collect: [],
                cancellation: CancellationSignal(),
                emit: { _ in },
            ).result(language: program.language, version: nil)
        }
        #expect(result.exitCode == 125)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("sanderling: the module guard could not start"))
    }

    /// Runs a program with two lines of input, under lists of modules or without a guard.
    private func run(_ program: Program, _ modules: ModulePolicy = ModulePolicy()) async throws
        -> ExecutionResult
    {
        try await Probe.run(
            program,
            stdin: .text("hello\nworld\n"),
            policy: Policy(modules: modules),
            limits: Limits(wallTime: .seconds(30), cpuTime: .seconds(30)),
        )
    }
}

extension ExecutionResult {
    fileprivate var output: String { stdout.text ?? "" }
    fileprivate var errors: String { stderr.text ?? "" }

    /// How often each module was refused.
    fileprivate var refusedModules: [String: Int] {
        Dictionary(
            violations.filter { $0.kind == .module }.map { ($0.name, $0.count) },
            uniquingKeysWith: +,
        )
    }
}

extension String {
    /// The same with addresses of objects, which differ from run to run, taken out.
    fileprivate var withoutAddresses: String { replacing(/0x[0-9a-f]+/, with: "0x") }
}
