import Foundation
import Glibc
import LinuxKernel

/// The bait's directory: a secret that anyone may read, and a file that anyone may write.
///
/// The weakest permissions make the strongest test: nothing but the walls keeps a program away. The directory's name is random,
/// and its parent cannot tell it to those who may not list that one.
final class BaitFiles: Sendable {
    /// The directory.
    let directory: String
    /// The secret's path.
    let secret: String
    /// The path of the file that anyone may write.
    let tamper: String
    private let before: [String: String]
    /// Held for as long as the directory is in use; see ``sweep()``.
    private let lock: Descriptor

    private static let prefix = "sanderling-bait-"

    /// Makes the directory in ``parent``.
    ///
    /// - Throws: The system's error.
    init(token: String) throws {
        directory = "\(Self.parent)/\(Self.prefix)\(UUID().uuidString)"
        secret = directory + "/secret"
        tamper = directory + "/tamper/file"
        try Self.makeDirectory(directory, mode: 0o711)
        do {
            lock = try File.open(directory, O_RDONLY | O_DIRECTORY)
            guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else {
                throw KernelError(call: "flock", number: errno)
            }
            try Self.makeDirectory(directory + "/tamper", mode: 0o777)
            try Self.write(token + "\n", to: secret, mode: 0o644)
            try Self.write("untouched\n", to: tamper, mode: 0o666)
        } catch {
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        before = Self.state(of: directory + "/tamper")
    }

    /// What is not as it was, of the file that anyone may write and of its directory.
    func changes() -> [String] {
        let after = Self.state(of: directory + "/tamper")
        let names = Set(before.keys).union(after.keys).sorted()
        return names.compactMap { name in
            switch (before[name], after[name]) {
            case (let old, let new) where old == new: nil
            case (nil, _): "\(name) has appeared beside the bait"
            case (_, nil): "\(name) is gone"
            default: "\(name) was changed"
            }
        }
    }

    /// Removes the directory and what is in it.
    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    /// Removes the bait of processes that were killed before they could do so themselves.
    static func sweep() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0, status.st_uid == geteuid(),
                let directory = try? File.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
                flock(directory.number, LOCK_EX | LOCK_NB) == 0
            else { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// Where bait lies: `/var/tmp`, as sandboxes have a `/tmp` of their own that would hide it.
    private static let parent: String = {
        access("/var/tmp", W_OK | X_OK) == 0 ? "/var/tmp" : NSTemporaryDirectory()
    }()

    /// What there is to say of a directory and of each file in it, by path; the time of the last reading is not.
    private static func state(of directory: String) -> [String: String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
        var state: [String: String] = [:]
        for path in [directory] + names.map({ "\(directory)/\($0)" }) {
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            let changed = "\(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec)"
            let contents = FileManager.default.contents(atPath: path).map { "\($0.hashValue)" } ?? ""
            state[path] = "\(status.st_ino) \(status.st_mode) \(status.st_nlink) \(changed) \(contents)"
        }
        return state
    }

    private static func makeDirectory(_ path: String, mode: mode_t) throws(KernelError) {
        // The mask takes rights away from what mkdir is given.
        guard mkdir(path, mode) == 0, chmod(path, mode) == 0 else {
            throw KernelError(call: "mkdir", number: errno)
        }
    }

    private static func write(_ text: String, to path: String, mode: mode_t) throws(KernelError) {
        let file = try File.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
        guard fchmod(file.number, mode) == 0 else { throw KernelError(call: "fchmod", number: errno) }
        try File.write(Array(text.utf8), to: file)
    }
}
