import SandboxModel
import Synchronization

/// The system-call filter in its two forms that cells need, each compiled once.
final class FilterSet: Sendable {
    private let standard: StandardFilter
    private let compiled = Mutex<(recording: [UInt8]?, answering: [UInt8]?)>((nil, nil))

    /// The forms of `standard`.
    init(_ standard: StandardFilter) { self.standard = standard }

    /// The filter for a caller who does without `missing` layers; empty for none.
    func filter(for missing: Set<Layer>) throws(SandboxError) -> [UInt8] {
        guard !missing.contains(.seccomp) else { return [] }
        return try filter(recording: !missing.contains(.seccompRecording))
    }

    /// The filter that hands refused calls to a listener, or the one that answers them itself.
    func filter(recording: Bool) throws(SandboxError) -> [UInt8] {
        try compiled.withLock { compiled throws(SandboxError) in
            if let known = recording ? compiled.recording : compiled.answering { return known }
            let program = try standard.program(recording: recording)
            if recording { compiled.recording = program } else { compiled.answering = program }
            return program
        }
    }
}
