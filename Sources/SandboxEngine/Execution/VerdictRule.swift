import FoundationEssentials
import LaunchProtocol
import SandboxModel

/// The one place where evidence becomes a verdict; `docs/verdicts.md` is this rule in words.
enum VerdictRule {
    /// What a run stage's record amounts to.
    struct Reading: Equatable {
        var verdict: Verdict
        var evidence: Evidence?
        var message: String?
        var limitsHit: [LimitHit]
    }

    /// Reads a run stage's record.
    ///
    /// `refusedModule` is the module whose refusal ended the program, as its guard says.
    ///
    /// Precedence: our own kill, the out-of-memory killer, then, for a program that failed, the limits the kernel
    /// counted, a refused import, and what wait(2) says.
    static func read(_ record: StageRecord, limits: Limits, refusedModule: String? = nil) -> Reading {
        #if SANDERLING_SABOTAGE
        if Sabotage.leavesOut("verdict"), let reading = readByConvention(record) { return reading }
        #endif
        var hits = countedLimits(record, limits: limits)
        if let (verdict, evidence, message) = killed(record, limits: limits) {
            if let limit = verdict.limit, !hits.contains(where: { $0.limit == limit }) {
                hits.insert(LimitHit(limit: limit, evidence: evidence), at: 0)
            }
            return Reading(verdict: verdict, evidence: evidence, message: message, limitsHit: hits)
        }
        guard let termination = record.termination else {
            return Reading(
                verdict: .internalError,
                evidence: Evidence(source: "init", value: "no report", attestedBy: .sanderling),
                message: "the sandbox ended without a report",
                limitsHit: hits,
            )
        }
        if termination == .exited(code: 0) { return Reading(verdict: .ok, limitsHit: hits) }
        if let hit = hits.first {
            return Reading(
                verdict: hit.limit.verdict,
                evidence: hit.evidence,
                message: "the program failed at its \(hit.limit.words) (\(ceiling(hit.limit, limits)))",
                limitsHit: hits,
            )
        }
        if let refusedModule {
            return Reading(
                verdict: .policyViolation,
                evidence: Evidence(source: "module guard", value: refusedModule, attestedBy: .program),
                message:
                    "the program ended on the import of module '\(refusedModule)', which its policy refuses",
                limitsHit: [],
            )
        }
        switch termination {
        case .exited(let code):
            return Reading(
                verdict: .nonzeroExit,
                evidence: Evidence(source: "wait status", value: "exited \(code)", attestedBy: .kernel),
                message: "the program exited with code \(code)",
                limitsHit: [],
            )
        case .signaled(let number):
            let name = SignalName.of(number)
            return Reading(
                verdict: .signaled,
                evidence: Evidence(source: "wait status", value: "killed by \(name)", attestedBy: .kernel),
                message: "the program was ended by signal \(name)",
                limitsHit: [],
            )
        }
    }

    private static func killed(
        _ record: StageRecord,
        limits: Limits,
    ) -> (Verdict, Evidence, String)? {
        func evidence(_ source: String, _ value: String) -> Evidence {
            Evidence(source: source, value: value, attestedBy: .sanderling)
        }
        switch record.killReason {
        case .cancelled:
            return (.cancelled, evidence("kill", "cancelled by the caller"), "the execution was cancelled")
        case .wallTime(let elapsed):
            return (
                .wallTimeExceeded, evidence("kill", "wall clock at \(seconds(elapsed))"),
                "the program was still running after \(words(limits.wallTime))",
            )
        case .cpuTime(let used):
            return (
                .cpuTimeExceeded, evidence("kill", "processor-time clock at \(seconds(used))"),
                "the program used more than \(words(limits.cpuTime)) of processor time",
            )
        case .output(let stream, let total):
            return (
                .outputLimitExceeded, evidence("kill", "\(stream) at \(total) bytes"),
                "the program wrote more than \(words(limits.output)) to \(stream)",
            )
        case .memory(let used) where record.outOfMemoryKills == 0 || !record.reachedMemoryCeiling:
            return (
                .memoryExceeded, evidence("kill", "memory at \(used) bytes"),
                "the program used more than \(words(limits.memory)) of memory",
            )
        case .memory, .outOfMemory, nil:
            guard record.outOfMemoryKills > 0 else { return nil }
            let kills = Evidence(
                source: record.outOfMemorySource,
                value: String(record.outOfMemoryKills),
                attestedBy: .kernel,
            )
            guard record.reachedMemoryCeiling else {
                return (
                    .internalError, kills,
                    "memory ran out on the host, or under a limit on Sanderling itself, before the program reached its own",
                )
            }
            return (
                .memoryExceeded, kills,
                "the program used more than \(words(limits.memory)) of memory",
            )
        }
    }

    /// Limits that the kernel counted without our having to kill for them.
    ///
    private static func countedLimits(_ record: StageRecord, limits: Limits) -> [LimitHit] {
        var hits: [LimitHit] = []
        if record.refusedProcesses > 0 {
            let evidence = Evidence(
                source: "pids.events max",
                value: String(record.refusedProcesses),
                attestedBy: .kernel,
            )
            hits.append(LimitHit(limit: .processes, evidence: evidence))
        }
        if record.ending?.fileAtCeiling == true {
            let evidence = Evidence(
                source: "file size",
                value: "a file of \(limits.fileSize.bytes) bytes, RLIMIT_FSIZE",
                attestedBy: .sanderling,
            )
            hits.append(LimitHit(limit: .fileSize, evidence: evidence))
        }
        if let ending = record.ending, ending.scratchCapacity > 0 {
            // A file system is full when not even one more page fits.
            let isFull = ending.scratchUsed + 4_096 > ending.scratchCapacity
            if isFull || ending.scratchFreeFiles == 0 {
                let evidence = Evidence(
                    source: ending.scratchWasCounted ? "files" : "statfs",
                    value: "\(ending.scratchUsed) of \(ending.scratchCapacity) bytes, "
                        + "\(ending.scratchFreeFiles) files free",
                    attestedBy: .sanderling,
                )
                hits.append(LimitHit(limit: .disk, evidence: evidence))
            }
        }
        return hits
    }

    private static func ceiling(_ limit: LimitName, _ limits: Limits) -> String {
        switch limit {
        case .wallTime: words(limits.wallTime)
        case .cpuTime: words(limits.cpuTime)
        case .memory: words(limits.memory)
        case .processes: "\(limits.processes)"
        case .output: words(limits.output)
        case .disk: words(limits.disk)
        case .fileSize: words(limits.fileSize)
        }
    }

    /// A limit as it was asked for, with the blank that a sentence wants before its unit: `256 MB`, `300 ms`.
    private static func words(_ limit: some Written) -> String {
        let written = limit.written
        guard !written.contains(" "), let unit = written.firstIndex(where: \.isLetter) else { return written }
        return "\(written[..<unit]) \(written[unit...] == "m" ? "min" : written[unit...])"
    }

    /// A reading for the evidence, to a millisecond.
    private static func seconds(_ duration: Duration) -> String {
        let milliseconds = (duration.inNanoseconds + 500_000) / 1_000_000
        let fraction = String(milliseconds % 1_000 + 1_000).dropFirst()
        return "\(milliseconds / 1_000).\(fraction) s"
    }
}

extension LimitName {
    /// The verdict of a program that this limit ended.
    var verdict: Verdict {
        switch self {
        case .wallTime: .wallTimeExceeded
        case .cpuTime: .cpuTimeExceeded
        case .memory: .memoryExceeded
        case .processes: .processLimitExceeded
        case .output: .outputLimitExceeded
        case .disk: .diskLimitExceeded
        case .fileSize: .fileSizeExceeded
        }
    }

    /// The limit as a sentence calls it.
    var words: String { rawValue.replacing("_", with: " ") + " limit" }
}

extension Verdict {
    /// The limit that this verdict is about.
    var limit: LimitName? { LimitName.allCases.first { $0.verdict == self } }
}

/// Names of signals; signal(7).
enum SignalName {
    /// `SIGSEGV` for 11.
    static func of(_ number: Int32) -> String {
        let names = [
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF",
            "WINCH", "IO", "PWR", "SYS",
        ]
        return (1...31).contains(number) ? "SIG" + names[Int(number) - 1] : "SIG\(number)"
    }
}
