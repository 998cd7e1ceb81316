import Languages
import SandboxModel
import Yams

extension BatchReader {
    /// A further file of a sample, and where its path stands.
    typealias PlacedFile = (file: ProgramFile, position: BatchPosition)

    /// Reads a sample's further files: a list of mappings, or one mapping of paths to contents.
    mutating func programFiles(_ entry: Fields.Entry?) -> [PlacedFile] {
        guard let entry else { return [] }
        var files: [PlacedFile] = []
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
                } else if let content = text(file) {
                    files.append(
                        (ProgramFile(path: file.key, contents: Array(content.utf8)), file.position)
                    )
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
        to files: inout [PlacedFile],
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
        // What cannot be read is a mistake already; the path is looked at all the same.
        files.append((ProgramFile(path: path, contents: contents ?? [], executable: executable), position))
    }

    /// Notes the files that cannot lie beside each other and the program's source.
    mutating func checkPaths(of files: [PlacedFile], source: Program, at position: BatchPosition) {
        let definition = languages.definitions[source.language]
        let problems = ProgramPathProblem.problems(
            of: files.map(\.file.path),
            beside: definition?.sourcePath(of: source) ?? source.sourceName,
            and: definition?.compile?.files.map(\.path) ?? [],
        )
        for problem in problems {
            let place = problem.file.map { files[$0].position } ?? position
            mistake(place, "files: \(problem.error)")
        }
    }
}
