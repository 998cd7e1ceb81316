import SandboxModel
import Sanderling
import Service
import Synchronization

/// Says that it runs programs: a source `print X` prints X, `flood N` as many bytes, `hold` runs until ``release()`` or its cancellation.
final class FakeRunner: ProgramRunner {
    private struct State {
        var order: [String] = []
        var isReleased = false
    }

    private let state = Mutex(State())

    /// The labels of what has begun, in the order it did.
    var order: [String] { state.withLock { $0.order } }

    /// Lets everything that holds end.
    func release() { state.withLock { $0.isReleased = true } }

    func run(
        _ submission: Submission,
        interaction: Interaction?,
        observe: @escaping @Sendable (ExecutionEvent) -> Void,
    ) async throws -> ExecutionResult {
        state.withLock { $0.order.append(submission.label ?? "") }
        observe(.started(.run))
        let source = String(decoding: submission.program.source, as: UTF8.self)
        guard source != "refuse" else { throw SandboxError(.layerUnavailable, "no wall", mend: "build one") }
        var verdict = Verdict.ok
        if source == "hold" {
            while !state.withLock({ $0.isReleased }), !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(1))
            }
            if Task.isCancelled { verdict = .cancelled }
        }
        var output: [UInt8] = []
        if source.hasPrefix("echo $((6 * 7))") { output = Array("42\n".utf8) }
        if source.hasPrefix("print ") { output = Array(submission.program.source.dropFirst(6)) }
        if source.hasPrefix("flood "), let count = Int(source.dropFirst(6)) {
            output = Array(repeating: UInt8(ascii: "x"), count: count)
        }
        if !output.isEmpty { observe(.stdout(output)) }
        return ExecutionResult(
            language: submission.program.language,
            verdict: verdict,
            termination: .exited(code: 0),
            stdout: CapturedOutput(bytes: output),
            limits: submission.limits,
            isolation: Isolation(layers: [.userNamespace]),
            files: submission.program.collect.map { CollectedFile(path: $0, contents: Array("made".utf8)) },
        )
    }
}
