import SandboxModel

/// A host file that goes into the work directory: `data.csv`, `build/data.csv:input/data.csv`.
struct FileArgument: Hashable {
    /// Its path on the host.
    let source: String
    /// Its path inside, relative to the work directory.
    let destination: String

    /// Reads a file's two paths; without the second, it goes in under its own name.
    init(_ text: String) throws(Mistake) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let source = parts.first, !source.isEmpty else {
            throw Mistake("\(text.quoted) is not a file; write it as SRC or SRC:DST")
        }
        self.source = source
        destination = parts.count == 2 ? parts[1] : source.pathNames().last ?? ""
        let steps = destination.pathNames(keepingEmpty: true)
        guard steps.allSatisfy({ !["", ".", ".."].contains($0) }) else {
            throw Mistake(
                "\(destination.quoted) is not a path inside the work directory; "
                    + "write it like data/input.txt, without '.' and '..'"
            )
        }
    }
}
