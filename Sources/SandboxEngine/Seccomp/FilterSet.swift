import Languages
import SandboxModel
import Synchronization

/// The system-call filter in the forms that cells need, each put together once.
final class FilterSet: Sendable {
    private struct Form: Hashable {
        var family: LanguageDefinition.Family
        var isRecording: Bool
    }

    private let standard: StandardFilter
    private let compiled = Mutex<[Form: [UInt8]]>([:])

    /// The forms of `standard`.
    init(_ standard: StandardFilter) { self.standard = standard }

    /// The filter of a family for a caller who does without `missing` layers; empty for none.
    func filter(
        of family: LanguageDefinition.Family,
        for missing: Set<Layer>,
    ) throws(SandboxError) -> [UInt8] {
        guard !missing.contains(.seccomp) else { return [] }
        return try filter(of: family, recording: !missing.contains(.seccompRecording))
    }

    /// The filter that hands refused calls to a listener, or the one that answers them itself.
    func filter(
        of family: LanguageDefinition.Family,
        recording: Bool,
    ) throws(SandboxError) -> [UInt8] {
        try compiled.withLock { compiled throws(SandboxError) in
            let form = Form(family: family, isRecording: recording)
            if let known = compiled[form] { return known }
            // SeccompFilter keeps what it has compiled, so that the families share that.
            let program =
                FamilyFilter(family, recording: recording).instructions
                + (try standard.program(recording: recording))
            compiled[form] = program
            return program
        }
    }
}
