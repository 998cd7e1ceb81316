package import Yams

extension YamlError {
    /// What is wrong, after `file`, the line and the column where they are known.
    package func placed(in file: String) -> String {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(file):\(mark.line):\(mark.column): \(problem)"
        case .duplicatedKeysInMapping(let duplicates, let context):
            "\(file):\(context.mark.line):\(context.mark.column): key '\(duplicates.sorted()[0])' is given twice"
        default: "\(file): \(self)"
        }
    }
}
