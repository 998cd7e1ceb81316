import Foundation
import Testing

/// What a program left behind: how it ended, what it printed, and what the guard reported.
struct GuardedRun: Equatable {
    var exitCode: Int32
    var stdout: String
    var stderr: String
    var reports: [Report]

    /// One line of the guard's report.
    struct Report: Codable, Equatable {
        var module: String
        var handled: Bool
    }

    /// The same with addresses of objects, which differ from run to run, taken out.
    var comparable: GuardedRun {
        var copy = self
        copy.stdout = stdout.replacing(/0x[0-9a-f]+/, with: "0x")
        copy.stderr = stderr.replacing(/0x[0-9a-f]+/, with: "0x")
        copy.reports = []
        return copy
    }
}

/// Runs a case in a sandbox of bubblewrap's, with the guard or, to prove that the case can tell, without it.
///
/// Hostile programs never run outside. This is the one place that knows how the sandbox is made.
func run(_ test: GuardCase, guarded: Bool) async throws -> GuardedRun {
    let source = try String(contentsOf: test.file, encoding: .utf8)
    return try await run(
        source,
        named: test.programName,
        beside: test.directory.appending(path: "files"),
        language: test.language,
        policy: test.policy,
        guarded: guarded,
    )
}

/// Runs a program's text in a sandbox of bubblewrap's.
func run(
    _ source: String,
    named name: String,
    beside files: URL? = nil,
    language: GuardCase.Language,
    policy: String,
    guarded: Bool = true,
) async throws -> GuardedRun {
    let manager = FileManager.default
    let scratch = manager.temporaryDirectory.appending(path: "guard-\(UUID().uuidString)")
    let work = scratch.appending(path: "work")
    try manager.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: scratch) }
    if let files, manager.fileExists(atPath: files.path) {
        try manager.copyItem(at: files, to: work)
    } else {
        try manager.createDirectory(at: work, withIntermediateDirectories: true)
    }
    try Data(source.utf8).write(to: work.appending(path: name))
    let fields = #""program_directory": "/work", "report_fd": 3}"#
    try Data("\(policy.dropLast()), \(fields)".utf8).write(to: scratch.appending(path: "policy.json"))
    for output in ["stdout", "stderr", "reports"] {
        try Data().write(to: scratch.appending(path: output))
    }
    try Data("hello\nworld\n".utf8).write(to: scratch.appending(path: "stdin"))

    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    // Foundation's Process passes on three descriptors only; the shell opens the fourth. The memory limit bounds
    // what a case gone wrong can take (Node reserves more than it uses, and is left out).
    let memory = language == .python ? "ulimit -v 2000000; " : ""
    process.arguments =
        [
            "-c",
            #"\#(memory)exec timeout 30 bwrap "$@" <"$0/stdin" >"$0/stdout" 2>"$0/stderr" 3>"$0/reports""#,
            scratch.path,
            "--unshare-all", "--die-with-parent", "--clearenv", "--setenv", "PATH", "/usr/bin:/bin",
            "--setenv", "LANG", "C.UTF-8",
            "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--symlink", "usr/bin", "/bin", "--proc", "/proc", "--dev", "/dev",
            "--ro-bind", GuardCase.guards.path, "/sanderling/guard",
            "--ro-bind", scratch.appending(path: "policy.json").path, "/sanderling/policy.json",
            "--ro-bind", work.path, "/work", "--chdir", "/work",
        ] + command(language, guarded: guarded) + ["/work/\(name)"]
    try await finish(process)

    let text = { (output: String) in
        try String(decoding: Data(contentsOf: scratch.appending(path: output)), as: UTF8.self)
    }
    let reports = try text("reports").split(separator: "\n").map {
        try JSONDecoder().decode(GuardedRun.Report.self, from: Data($0.utf8))
    }
    return try GuardedRun(
        exitCode: process.terminationStatus,
        stdout: text("stdout"),
        stderr: text("stderr"),
        reports: reports,
    )
}

private func command(_ language: GuardCase.Language, guarded: Bool) -> [String] {
    switch (language, guarded) {
    case (.python, true): ["/usr/bin/python3", "/sanderling/guard/python/importlib_bootstrap.py"]
    case (.python, false): ["/usr/bin/python3"]
    case (.javascript, true):
        [
            "/usr/bin/node", "--expose-internals", "--require",
            "/sanderling/guard/javascript/module-guard.cjs",
        ]
    case (.javascript, false): ["/usr/bin/node"]
    }
}

private func finish(_ process: Process) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in continuation.resume() }
        do {
            try process.run()
        } catch {
            process.terminationHandler = nil
            continuation.resume(throwing: error)
        }
    }
}
