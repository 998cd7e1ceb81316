import Benchmark
import Foundation
import Sanderling

/// Row 7: compile and run, the first time and again, beside the bare toolchain with the same options.
func registerCompiling() {
    let toolchains: [(name: String, language: String, file: String)] = [
        ("C++", "cpp", "hello.cpp"), ("Rust", "rust", "hello.rs"), ("Go", "go", "hello.go"),
        ("Java", "java", "Hello.java"),
    ]
    for toolchain in toolchains {
        let commands = Setting.commands(of: "7 \(toolchain.name)")
        guard let compile = commands["compile"], let run = commands["run"] else { continue }
        Benchmark(
            "7 compile and run \(toolchain.name)",
            configuration: .alternating(
                ["first", "again", "bare compile and run", "bare run"],
                warmUp: 0,
                iterations: Setting.count(10),
                atMost: .seconds(Setting.count(25)),
            ),
        ) { benchmark, sandbox in
            // A source that nothing has seen before, so that no cache of results can answer for it.
            let directory = FileManager.default.temporaryDirectory.appending(
                path: "sanderling-bench-\(UUID().uuidString)"
            )
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: directory) }
            let text = try String(contentsOfFile: Setting.path(toolchain.file), encoding: .utf8)
            let source = text + "// \(UUID().uuidString)\n"
            try Data(source.utf8).write(to: directory.appending(path: toolchain.file))

            let program = Program(
                language: toolchain.language,
                source: Array(source.utf8),
                sourceName: toolchain.file,
            )
            let limits = Limits(memory: .megabytes(1_000))
            for quantity in ["first", "again"] {
                let time = try await timed { _ = try await successful(program, in: sandbox, limits: limits) }
                benchmark.record(quantity, time)
            }
            let compiling = try await timed {
                _ = try BareProcess.run(compile, in: directory.path)
                _ = try BareProcess.run(run, in: directory.path)
            }
            benchmark.record("bare compile and run", compiling)
            let running = try await timed { _ = try BareProcess.run(run, in: directory.path) }
            benchmark.record("bare run", running)
        } setup: {
            let sandbox = try await Sandbox()
            try await sandbox.warm([toolchain.language])
            return sandbox
        }
    }
}
