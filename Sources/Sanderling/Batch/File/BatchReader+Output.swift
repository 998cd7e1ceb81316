import Foundation
import SandboxModel
import Yams

extension BatchReader {
    /// Reads where the reports go.
    mutating func output(_ fields: Fields) -> BatchOutput {
        var output = BatchOutput()
        if let details = flag(fields["include_execution_details"]) {
            output.includeExecutionDetails = details
        }
        var formats: [BatchOutput.Format] = []
        if let entry = fields["format"] {
            let nodes = entry.value.sequence.map(Array.init) ?? [entry.value]
            if nodes.isEmpty {
                mistake(entry.value.position, "format: the list is empty; remove it for json")
            }
            formats = nodes.compactMap {
                word(entry, $0, among: BatchOutput.Format.allCases, called: "a form of report")
            }
        } else if fields["file"] != nil {
            formats = [.json]
        }
        if let file = path(fields["file"]) {
            // The first form takes the name as it is, the others lie beside it.
            for (position, format) in formats.enumerated() {
                output.files[format] = position == 0 ? file : beside(file, format)
            }
        } else if !formats.isEmpty, fields["file"] == nil, let entry = fields["format"] {
            mistake(entry.position, "'format' needs 'file', the report's path")
        }
        if let html = path(fields["html"]) { output.files[.html] = html }
        return output
    }

    /// Reads what is logged.
    mutating func logging(_ fields: Fields) -> BatchLogging {
        var logging = BatchLogging()
        if let entry = fields["level"],
            let level = word(entry, entry.value, among: BatchLogging.Level.allCases, called: "a log level")
        {
            logging.level = level
        }
        logging.file = path(fields["file"])
        return logging
    }

    private mutating func path(_ entry: Fields.Entry?) -> String? {
        guard let entry, let path = text(entry) else { return nil }
        guard !path.isEmpty, !path.hasSuffix("/"), !path.contains("\0") else {
            mistake(entry.value.position, "\(entry.key): \(path.quoted) is not a file's path")
            return nil
        }
        let file = FileOnHost(absolute(path))
        guard !file.isDirectory else {
            mistake(
                entry.value.position,
                "\(entry.key): \(path.quoted) is a directory; write the path of a file in it",
            )
            return nil
        }
        guard !file.isSame(as: FileOnHost(self.path)) else {
            mistake(
                entry.value.position,
                "\(entry.key): \(path.quoted) is this batch file, which would be overwritten; "
                    + "write another path",
            )
            return nil
        }
        return file.path
    }

    /// The path with the form's own extension in place of its last.
    private func beside(_ path: String, _ format: BatchOutput.Format) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = parts.last ?? ""
        let stem = name.lastIndex(of: ".").map { $0 == name.startIndex ? name : name[..<$0] } ?? name
        return (parts.dropLast() + ["\(stem).\(format.fileExtension)"[...]]).joined(separator: "/")
    }
}
