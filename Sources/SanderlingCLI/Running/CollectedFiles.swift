import Foundation
import LinuxKernel
import SandboxModel

/// Puts files that a program made into a directory of the host.
///
/// Their names are the program's choice: each step of a path is opened from the directory before it, links are never
/// followed, and nothing that exists is written over.
struct CollectedFiles {
    private let directory: String

    /// The directory to write into; made when it is not there.
    init(directory: String) { self.directory = directory }

    /// Writes the files; none of them when a name is unfit.
    func write(_ files: [CollectedFile]) throws {
        let paths = try files.map { try steps(of: $0.path) }
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw CollectionFailure(
                description: "the directory \(directory.quoted) for the collected files cannot be made: "
                    + SystemFailure.reason(error)
            )
        }
        for (file, steps) in zip(files, paths) {
            do {
                try write(
                    file.contents,
                    at: steps[...],
                    in: try File.open(directory, O_RDONLY | O_DIRECTORY),
                )
            } catch {
                throw CollectionFailure(
                    description: "the collected file \(file.path.quoted) cannot be written into "
                        + "\(directory.quoted): \(SystemFailure.reason(error.number))"
                )
            }
        }
    }

    /// The names on the way to a file; refuses those that could lead elsewhere.
    private func steps(of path: String) throws(CollectionFailure) -> [String] {
        let steps = path.pathNames(keepingEmpty: true)
        guard steps.allSatisfy({ !["", ".", ".."].contains($0) && !$0.contains("\0") }) else {
            throw CollectionFailure(
                description: "the program's file \(path.quoted) was not written: its path leads elsewhere"
            )
        }
        return steps
    }

    private func write(
        _ contents: [UInt8],
        at steps: ArraySlice<String>,
        in parent: consuming Descriptor,
    ) throws(KernelError) {
        var directory = parent
        for step in steps.dropLast() {
            if mkdirat(directory.number, step, 0o755) != 0, errno != EEXIST {
                throw KernelError(call: "mkdirat", number: errno)
            }
            directory = try File.open(step, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: directory)
        }
        let created = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
        let file = try File.open(steps.last ?? "", created, mode: 0o644, in: directory)
        try File.write(contents, to: file)
    }
}

/// Why a file that came out of a sandbox was not written.
struct CollectionFailure: Error, Hashable, CustomStringConvertible {
    let description: String
}
