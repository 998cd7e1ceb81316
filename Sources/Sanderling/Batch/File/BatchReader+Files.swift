import SandboxModel
import Yams

extension BatchReader {
    /// Reads a sample's further files: a list of mappings, or one mapping of paths to contents.
    mutating func programFiles(_ entry: Fields.Entry?) -> [ProgramFile] {
        guard let entry else { return [] }
        var files: [ProgramFile] = []
        if let list = entry.value.sequence {
            for node in list {
                let item = Fields.Entry(key: entry.key, position: entry.position, value: node)
                guard let fields = fields(item, of: .programFile) else { continue }
                guard let pathEntry = fields["path"] else {
                    mistake(fields.position, "a file needs 'path'")
                    continue
                }
                guard let path = text(pathEntry) else { continue }
                append(path, at: pathEntry.value.position, fields: fields, to: &files)
            }
        } else if entry.value.mapping != nil {
            for file in entries(entry.value).entries {
                if file.value.mapping != nil {
                    append(
                        file.key,
                        at: file.position,
                        fields: fields(file.value, of: .programFile),
                        to: &files,
                    )
                } else if let content = text(file), isFit(file.key, at: file.position, beside: files) {
                    files.append(ProgramFile(path: file.key, contents: Array(content.utf8)))
                }
            }
        } else {
            wrongType(entry, "a list of files, such as [{path: data.txt, content: text}]")
        }
        return files
    }

    private mutating func append(
        _ path: String,
        at position: BatchPosition,
        fields: Fields,
        to files: inout [ProgramFile],
    ) {
        let executable = flag(fields["executable"]) ?? false
        let contents: [UInt8]?
        switch (fields["content"], fields["source"]) {
        case (let content?, nil): contents = text(content).map { Array($0.utf8) }
        case (nil, let source?): contents = self.contents(source)
        case (.some, let source?):
            mistake(source.position, "a file has either 'content' or 'source', not both")
            return
        case (nil, nil):
            mistake(fields.position, "a file needs 'content' or 'source'")
            return
        }
        guard isFit(path, at: position, beside: files), let contents else { return }
        files.append(ProgramFile(path: path, contents: contents, executable: executable))
    }

    /// Whether a file can go in under this path: it stays inside the work directory, and no other has it.
    private mutating func isFit(
        _ path: String,
        at position: BatchPosition,
        beside files: [ProgramFile],
    ) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) }), !path.contains("\0") else {
            mistake(
                position,
                "files: \(path.quoted) is not a path inside the work directory, without '.' and '..'",
            )
            return false
        }
        guard !files.contains(where: { $0.path == path }) else {
            mistake(position, "files: \(path.quoted) is given twice")
            return false
        }
        return true
    }
}
