import Languages
import SandboxModel

/// Sorts the samples of a batch by what this host has: each language and the analyser are looked for once.
struct SampleCensus {
    private let languages: LanguageCatalog
    private var absences: [String: SandboxError?] = [:]
    private var analyserAbsence: SandboxError??

    /// Why samples cannot be run, in the order they were added.
    private(set) var reasons: [BatchRefusal.Reason] = []
    /// The optional samples that are left out.
    private(set) var skipped: [SkippedSample] = []

    init(languages: LanguageCatalog) { self.languages = languages }

    /// Looks for what a sample needs.
    mutating func add(_ sample: BatchSample) {
        let language = sample.program.language
        if let absence = absence(of: language) {
            if sample.optional, absence.code == .languageNotInstalled {
                skipped.append(
                    SkippedSample(
                        index: sample.index,
                        description: sample.description,
                        language: language,
                        reason: absence.description,
                    )
                )
            } else {
                reasons.append(.init(position: sample.position, error: absence.orOptional))
            }
        } else if sample.audit, ProgramAudit.reads(language, in: languages), let absence = absenceOfAnalyser()
        {
            reasons.append(.init(position: sample.position, error: absence))
        }
    }

    private mutating func absence(of language: String) -> SandboxError? {
        if let known = absences[language] { return known }
        var absence: SandboxError?
        do throws(SandboxError) { _ = try languages.resolve(language) } catch { absence = error }
        absences[language] = .some(absence)
        return absence
    }

    private mutating func absenceOfAnalyser() -> SandboxError? {
        if let known = analyserAbsence { return known }
        var absence: SandboxError?
        do throws(SandboxError) { _ = try ProgramAudit.tools() } catch { absence = error }
        analyserAbsence = .some(absence)
        return absence
    }
}

extension SandboxError {
    /// The error with the other mend that a batch has for a language that is not installed.
    fileprivate var orOptional: SandboxError {
        guard code == .languageNotInstalled else { return self }
        let other = "or leave the sample out with 'optional: true'"
        return SandboxError(code, message, mend: mend.map { "\($0), \(other)" } ?? other)
    }
}
