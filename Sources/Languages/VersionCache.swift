import Dispatch
import Synchronization

/// The versions of implementations, kept for as long as the files they were read from stay the same.
final class VersionCache: Sendable {
    /// The cache of this process.
    static let shared = VersionCache()

    private let versions = Mutex<[String: String?]>([:])

    /// The version of `language`'s implementation.
    func version(of language: ResolvedLanguage) async -> String? {
        guard let rule = language.definition.version else { return nil }
        let lines = VersionLines(language: language)
        guard let key = lines.question(rule) else { return nil }
        if let known = versions.withLock({ $0[key] }) { return known }
        // Reading blocks, for seconds when the tool hangs: it has a thread of its own.
        let version = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: lines.read(rule)) }
        }
        versions.withLock { $0[key] = .some(version) }
        return version
    }
}

/// Reads the version of one implementation.
struct VersionLines: Sendable {
    let language: ResolvedLanguage

    /// The file whose replacement makes a version read before stale.
    func subject(_ rule: VersionRule) -> String? {
        switch rule.source {
        case .command(let words): words.first.map { $0.filled(value) }
        case .file(let template): HostFile.normalised(template.filled(value))
        case .path(let name): language.executables[name]
        }
    }

    /// Everything that a version depends on: how it is asked for, and which file answers; `nil` without such a file.
    func question(_ rule: VersionRule) -> String? {
        guard let subject = subject(rule), let stamp = HostFile.stamp(subject) else { return nil }
        let words: [String] =
            switch rule.source {
            case .command(let words): words.map { $0.filled(value) }
            case .file(let template): [template.filled(value)]
            case .path(let name): [name]
            }
        let environment = language.definition.environment.map { "\($0.key)=\($0.value.filled(value))" }
            .sorted()
        return ([language.definition.name, subject, stamp, rule.pattern] + words + environment)
            .joined(separator: "\0")
    }

    /// Asks for the version.
    func read(_ rule: VersionRule) -> String? {
        let text: String? =
            switch rule.source {
            case .command(let words):
                subject(rule).flatMap { executable in
                    let environment = language.definition.environment.mapValues { $0.filled(value) }
                    let arguments = words.dropFirst().map { $0.filled(value) }
                    return HostTool.output(of: executable, arguments: arguments, environment: environment)
                }
            case .file:
                subject(rule).flatMap { HostFile.contents($0) }.map { String(decoding: $0, as: UTF8.self) }
            case .path: subject(rule).flatMap(HostFile.realPath)
            }
        return text.flatMap { ExecutableSearch.firstGroup(of: rule.pattern, in: $0) }
    }

    private func value(_ placeholder: Template.Placeholder) -> String {
        switch placeholder {
        case .executable(let name): language.executables[name] ?? ""
        case .directory(let name): HostFile.directory(of: language.executables[name] ?? "")
        default: ""
        }
    }
}
