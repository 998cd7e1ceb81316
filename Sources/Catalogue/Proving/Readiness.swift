import Languages
import SandboxModel
import Sanderling

/// Sees to it that a sandbox has cells ready for an attack, as it has for a program that was asked for before.
actor Readiness {
    private let sandbox: Sandbox
    private let languages: LanguageCatalog
    private var asked: [Kind: ContinuousClock.Instant] = [:]

    /// What decides which cell will do.
    private struct Kind: Hashable {
        let language: String
        let policy: Policy
    }

    /// Cells of `sandbox`, for languages that `languages` defines.
    init(of sandbox: Sandbox, languages: LanguageCatalog) {
        self.sandbox = sandbox
        self.languages = languages
    }

    /// A text that is equal for attacks whose cells are.
    static func order(_ attack: AttackCase) -> String {
        let program = attack.program
        let policy = "\(program.policy.filesystem) \(program.policy.network) \(program.policy.modules)"
        return "\(program.program.language) \(policy) \(attack.id)"
    }

    /// Runs the language's own small program twice under the same policy, unless that was done lately, and waits until cells are
    /// ready.
    func prepare(for attack: AttackProgram) async throws {
        let kind = Kind(language: attack.program.language, policy: attack.policy)
        // Cells of a kind that is not asked for go after half a minute.
        if let last = asked[kind], last.duration(to: .now) < .seconds(20) {
            asked[kind] = .now
        } else {
            asked[kind] = .now
            let hello = try languages.definition(named: kind.language).hello
            for _ in 0..<2 {
                _ = try await sandbox.execute(
                    Program(language: kind.language, code: hello.source),
                    stdin: .text(hello.stdin),
                    policy: kind.policy,
                )
            }
        }
        for _ in 0..<100 where sandbox.readyCells < 2 {
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
