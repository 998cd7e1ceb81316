import Foundation
import Languages
import SandboxModel
import Sanderling
import Testing

/// Runs programs in a sandbox with a cache of the test's own.
final class CacheProbe: Sendable {
    let temporary = TemporaryDirectory()
    let sandbox: Sandbox

    /// A probe that knows, beside the languages that come with the library, `script`: see ``script(_:run:)``.
    ///
    /// Of C++, two headers are made ahead instead of all.
    init(isEnabled: Bool = true, directory: String? = nil) async throws {
        let definitions = temporary.path + "/languages"
        try FileManager.default.createDirectory(atPath: definitions, withIntermediateDirectories: true)
        try Data(Self.script.utf8).write(to: URL(filePath: definitions + "/script.yaml"))
        let original = try String(
            contentsOfFile: LanguageCatalog.builtInDirectory + "/cpp.yaml",
            encoding: .utf8,
        )
        let lines = original.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("    headers: [") ? "    headers: [iostream, vector]" : String(line)
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: definitions + "/cpp.yaml"))
        sandbox = try await Sandbox(
            configuration: .init(
                languages: LanguageCatalog(
                    directories: [definitions] + LanguageCatalog.standardDirectories()
                ),
                compileCache: .init(isEnabled: isEnabled, directory: directory ?? temporary.path + "/cache"),
            )
        )
    }

    /// A language whose compiler does whatever its source says, and whose program is what it leaves as `program`.
    private static let script = """
        name: script
        display_name: Script
        extensions: [script]
        family: native
        package: bash
        executables: {bash: {candidates: [bash]}}
        source_name: main.script
        compile:
          steps:
            - ["{executable:bash}", "{source}"]
          warm:
            source: "#"
            steps:
              - ["{executable:bash}", -c, "echo made > {warm}/made"]
        run:
          command: ["{executable:bash}", program]
        hello: {source: "echo echo hi > program", expected_output: "hi\\n"}
        """

    /// A program whose compile stage carries out `compile` and whose run stage carries out `run`.
    static func script(_ compile: String, run: String, collect: [String] = []) -> Program {
        var program = Program(
            language: "script",
            code: "cat > program <<'PROGRAM_ENDS'\n\(run)\nPROGRAM_ENDS\n\(compile)",
        )
        program.collect = collect
        return program
    }

    /// The addresses that are kept.
    var entries: [String] { temporary.names(in: "cache/compiled") }
}

extension ExecutionResult {
    /// What must be the same whether a program was compiled before or not: everything but what was measured.
    func withoutMeasurements(contents: Bool) -> ExecutionResult {
        var result = self
        result.usage = Usage()
        result.samples = []
        result.compile?.usage = Usage()
        result.compile?.cached = false
        let told = result.compile?.stdout
        if !contents, let told { result.compile?.stdout = told.withoutSeconds }
        if !contents { result.files = result.files.map { CollectedFile(path: $0.path, contents: []) } }
        return result
    }

    /// For messages.
    var shown: Comment {
        """
        \(verdict.rawValue) \(errorMessage ?? "") stdout: \(stdout.text ?? "?") stderr: \(stderr.text ?? "?") \
        compile: \(compile?.stdout.text ?? "") \(compile?.stderr.text ?? "")
        """
    }
}

extension CapturedOutput {
    /// Without the time that a compiler says it took.
    fileprivate var withoutSeconds: CapturedOutput {
        var output = self
        output.bytes = Array((text ?? "").replacing(/[0-9.]+ sec/, with: "sec").utf8)
        output.total = output.bytes.count
        return output
    }
}
