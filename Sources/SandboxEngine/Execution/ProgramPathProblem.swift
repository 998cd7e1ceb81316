package import SandboxModel

/// Why the files of a program cannot all lie in its work directory.
package struct ProgramPathProblem {
    /// The place of the file at fault among the program's further files; `nil` for its source.
    package let file: Int?
    package let error: SandboxError

    /// What keeps a program's files from lying beside each other, in their order.
    ///
    /// - Parameters:
    ///   - files: The program's further files.
    ///   - source: Where its source goes, or `nil` when that is not known.
    ///   - language: Where the files that its language adds go.
    /// - Returns: A problem for each file at fault; none when all can lie there.
    package static func problems(
        of files: [String],
        beside source: String?,
        and language: [String],
    ) -> [ProgramPathProblem] {
        var taken: Set<Substring> = []
        /// What lies in each directory that a path so far needs.
        var directories: [Substring: String] = [:]
        var problems: [ProgramPathProblem] = []
        let others = [source].compactMap(\.self) + language
        let all = others.map { (Int?.none, $0) } + files.enumerated().map { (Int?($0), $1) }
        for (file, path) in all {
            let parents = parents(of: path)
            let error: SandboxError?
            if let wrong = problem(of: path) {
                error = wrong
            } else if file != nil, path == source {
                error = refusal("'\(path)' is the path of the program's own source")
            } else if taken.contains(path[...]) {
                error = refusal("two files have the path '\(path)'")
            } else if let directory = parents.first(where: taken.contains) {
                error = refusal("'\(directory)' is a file's path, and the directory of '\(path)'")
            } else if let inside = directories[path[...]] {
                error = refusal("'\(path)' is a file's path, and the directory of '\(inside)'")
            } else {
                error = nil
                taken.insert(path[...])
                for parent in parents { directories[parent] = path }
            }
            if let error { problems.append(.init(file: file, error: error)) }
        }
        return problems
    }

    /// What keeps a path from being one in the work directory; `nil` when it can be.
    package static func problem(of path: String) -> SandboxError? {
        guard isRelative(path) else {
            return SandboxError(
                .invalidRequest,
                "'\(path)' is no path for a program's file",
                mend: "use a path relative to the work directory, without '.' and '..'",
            )
        }
        // NAME_MAX and PATH_MAX of <linux/limits.h>.
        let parts = parts(of: path)
        guard parts.count <= deepest else {
            return SandboxError(
                .invalidRequest,
                "the path of file '\(path.prefix(40))…' is too deep",
                mend: "use at most \(deepest - 1) directories inside each other",
            )
        }
        guard parts.allSatisfy({ $0.count <= 255 }), path.utf8.count < 4_000 else {
            return SandboxError(
                .invalidRequest,
                "the path of file '\(path.prefix(40))…' is too long",
                mend: "use names of at most 255 bytes, in paths of fewer than 4000",
            )
        }
        return nil
    }

    /// What keeps a pattern from matching files in the work directory; `nil` when it can.
    package static func problem(ofPattern pattern: String) -> SandboxError? {
        guard !isRelative(pattern) else { return nil }
        return SandboxError(
            .invalidRequest,
            "'\(pattern)' is no pattern for files in the work directory",
            mend: "use one relative to it, without '.' and '..', such as 'out/*.txt'",
        )
    }

    private static func isRelative(_ path: String) -> Bool {
        !path.utf8.contains(0)
            && parts(of: path).allSatisfy { part in
                !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            }
    }

    /// What the kernel takes for a path's names: to it a slash is a byte, to Swift it is one character with a mark after it.
    private static func parts(of path: String) -> [Substring.UTF8View] {
        path.utf8.split(separator: slash, omittingEmptySubsequences: false)
    }

    private static let slash = UInt8(ascii: "/")

    /// Names in a path: each of its directories is looked up beside all others, of which a request could hold millions.
    private static let deepest = 100

    /// The directories on the way to a path, the nearest first.
    private static func parents(of path: String) -> [Substring] {
        var parents: [Substring] = []
        var rest = path[...]
        while let end = rest.utf8.lastIndex(of: slash) {
            rest = rest[..<end]
            parents.append(rest)
        }
        return parents
    }

    private static func refusal(_ message: String) -> SandboxError {
        SandboxError(.invalidRequest, message, mend: "give each file its own path")
    }
}
