import Foundation
import Reporting
import Sanderling

/// Where the reports of a batch go: what the options say, else what the file says.
struct BatchDestinations: Sendable {
    /// The JSON report, if there is one.
    let json: String?
    /// The further reports, in a fixed order.
    let others: [(form: ReportFormat, path: String)]

    /// The destinations of a batch; beside a JSON report lies a page, unless one is written elsewhere.
    init(_ file: BatchOutput, output: String?, forms: ReportForms) throws(Mistake) {
        let json = output ?? file.files[.json]
        let given = Dictionary(uniqueKeysWithValues: forms.paths.map { ($0.form, $0.path) })
        var others: [(form: ReportFormat, path: String)] = []
        for form in ReportFormat.allCases {
            let ofFile = BatchOutput.Format(rawValue: form.rawValue).flatMap { file.files[$0] }
            let beside = form == .html ? json.map(Self.page) : nil
            if let path = given[form] ?? ofFile ?? beside { others.append((form, path)) }
        }
        var taken: Set<String> = []
        for path in [json].compactMap(\.self) + others.map(\.path) where !path.hasPrefix("/dev/") {
            guard taken.insert(URL(filePath: path).standardizedFileURL.path).inserted else {
                throw Mistake("two reports would be written to \(path.quoted); give each a path of its own")
            }
        }
        self.json = json
        self.others = others
    }

    /// The page that lies beside a JSON report.
    private static func page(_ json: String) -> String {
        (json.hasSuffix(".json") ? String(json.dropLast(5)) : json) + ".html"
    }
}
