import Glibc
import LinuxKernel

/// Where entries are written before they are renamed into the store.
///
/// A file's writer holds a lock on it; one that nobody holds was left by a process that was killed, and is removed.
struct IncomingDirectory: Sendable {
    private let directory: PrivateCacheDirectory

    /// A directory that only this writes to; what was left there goes.
    init(_ directory: PrivateCacheDirectory) {
        self.directory = directory
        sweep()
    }

    /// A file that has not been given its place yet; removed when it gets none.
    struct Arrival: ~Copyable {
        fileprivate let file: Descriptor
        fileprivate let name: String
        fileprivate let directory: PrivateCacheDirectory

        /// Gives the file its place.
        borrowing func move(to place: String, in entries: PrivateCacheDirectory) {
            renameat(directory.number, name, entries.number, place)
        }

        deinit { RemovedTree.remove(name, in: directory.number) }
    }

    /// Writes a file that consists of `parts`; `nil` when there was no room for it.
    func write(_ parts: [[UInt8]]) -> Arrival? {
        let name = "\(getpid()).\(UInt64.random(in: 0 ... .max))"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let number = openat(directory.number, name, flags, 0o600)
        guard number >= 0 else { return nil }
        let file = Descriptor(owning: number)
        var isWhole = flock(number, LOCK_EX | LOCK_NB) == 0
        for part in parts where isWhole { isWhole = (try? File.write(part, to: file)) != nil }
        // Removed again unless it is returned.
        let arrival = Arrival(file: file, name: name, directory: directory)
        guard isWhole else { return nil }
        return arrival
    }

    /// Writes a directory of what `program` left; `nil` when there was no room for it.
    ///
    /// Others may read it: it is only reached through a directory that they cannot enter, and from inside of a cell.
    func write(_ program: CompiledProgram) -> Arrival? {
        let name = "\(getpid()).\(UInt64.random(in: 0 ... .max))"
        guard mkdirat(directory.number, name, 0o700) == 0 else { return nil }
        let number = openat(directory.number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { return nil }
        // Removed again unless it is returned.
        let arrival = Arrival(file: Descriptor(owning: number), name: name, directory: directory)
        guard flock(number, LOCK_EX | LOCK_NB) == 0, fchmod(number, 0o755) == 0 else { return nil }
        for inner in program.directories {
            guard mkdirat(number, inner.path, 0o700) == 0, fchmodat(number, inner.path, 0o755, 0) == 0 else {
                return nil
            }
        }
        for inner in program.files {
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let place = openat(number, inner.path, flags, 0o600)
            guard place >= 0 else { return nil }
            let file = Descriptor(owning: place)
            guard (try? File.write(inner.contents, to: file)) != nil, fchmod(place, 0o644) == 0,
                // No digest is checked when it is read, and a part of one ends a compiler that maps it.
                fsync(place) == 0
            else { return nil }
        }
        return arrival
    }

    private func sweep() {
        for name in directory.names {
            let number = openat(directory.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard number >= 0 else { continue }
            if flock(number, LOCK_EX | LOCK_NB) == 0 { RemovedTree.remove(name, in: directory.number) }
            close(number)
        }
    }
}

extension PrivateCacheDirectory {
    /// The names in it.
    var names: [String] { DirectoryNames.of(number) }
}
