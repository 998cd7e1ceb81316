import Crypto
package import Languages
import SandboxModel

/// The versions of languages' implementations, kept from one process to the next.
///
/// To ask an implementation for its version is to start it, which can take longer than the program. A version is kept
/// together with everything that it depends on: how it is asked for, and which file answers, down to the inode and the time
/// of its last change.
package struct VersionStore {
    /// The version of `language`'s implementation, or `nil` when it tells none.
    package static func version(of language: ResolvedLanguage) async -> String? {
        guard let question = language.versionQuestion else { return nil }
        let name = SHA256.hash(data: Array(question.utf8)).hexadecimal
        if let entry = PrivateCacheDirectory(named: "versions")?.contents(of: name, limit: 4_096),
            let version = Self.version(in: entry, answering: question)
        {
            return version
        }
        let version = await language.version()
        if let version {
            PrivateCacheDirectory(named: "versions")?.store(entry(version, answering: question), as: name)
        }
        return version
    }

    /// A file that holds a version: the version, and the hash of it and of its question.
    static func entry(_ version: String, answering question: String) -> [UInt8] {
        Array("\(seal(version, question))\n\(version)".utf8)
    }

    /// The version in a file, unless the file is damaged or answers another question.
    static func version(in entry: [UInt8], answering question: String) -> String? {
        let parts = entry.split(separator: 0x0A, maxSplits: 1)
        guard parts.count == 2, let version = String(validating: parts[1], as: UTF8.self),
            parts[0].elementsEqual(seal(version, question).utf8)
        else { return nil }
        return version
    }

    private static func seal(_ version: String, _ question: String) -> String {
        SHA256.hash(data: Array("version 1\0\(version)\0\(question)".utf8)).hexadecimal
    }
}
