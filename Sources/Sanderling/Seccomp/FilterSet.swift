import SandboxModel
import Synchronization

/// The system-call filter in the forms that cells need, each compiled once.
final class FilterSet: Sendable {
    private let standard: StandardFilter
    private let compiled = Mutex<[Bool: Result<[UInt8], SandboxError>]>([:])

    /// The forms of `standard`.
    init(_ standard: StandardFilter) { self.standard = standard }

    /// The filter for a caller who does without `missing` layers; empty for none.
    func filter(for missing: Set<Layer>) throws(SandboxError) -> [UInt8] {
        guard !missing.contains(.seccomp) else { return [] }
        return try filter(recording: !missing.contains(.seccompRecording))
    }

    /// The filter that hands refused calls to a listener, or the one that answers them itself.
    func filter(recording: Bool) throws(SandboxError) -> [UInt8] {
        try compiled.withLock { compiled in
            if let known = compiled[recording] { return known }
            let result = Result { () throws(SandboxError) in
                try standard.program(recording: recording)
            }
            compiled[recording] = result
            return result
        }.get()
    }
}
