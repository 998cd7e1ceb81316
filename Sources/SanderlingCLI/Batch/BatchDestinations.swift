import Foundation
import Reporting
import SandboxModel
import Sanderling

/// Where the reports of a batch go: what the options say, else what the file says.
struct BatchDestinations: Sendable {
    /// A report's path as the person gave it, and where that leads.
    struct Place: Sendable, Hashable {
        let path: String
        let destination: ReportDestination

        /// A place that can be written.
        fileprivate init(_ path: String) throws(Mistake) {
            do {
                destination = try ReportDestination(path)
                try destination.checkWritable()
            } catch {
                throw Mistake("\(path.quoted) cannot be written (\(error)); give another path")
            }
            self.path = path
        }
    }

    /// The JSON report, if there is one.
    let json: Place?
    /// The further reports, in a fixed order.
    let others: [(form: ReportFormat, place: Place)]

    /// The destinations of a batch; beside a JSON report that is a file lies a page, unless one is written elsewhere.
    ///
    /// - Parameters:
    ///   - file: What the batch file says.
    ///   - output: The JSON report's path among the options.
    ///   - forms: The others' paths among the options.
    ///   - kept: Files that no report may replace, by what they are to the batch.
    /// - Throws: `Mistake` for a path that cannot be written, that is one of `kept`, or that two reports have.
    init(
        _ file: BatchOutput,
        output: String?,
        forms: ReportForms,
        keeping kept: [(name: String, path: String)] = [],
    ) throws(Mistake) {
        var json: Place?
        if let path = output ?? file.files[.json] { json = try Place(path) }
        let given = Dictionary(uniqueKeysWithValues: forms.paths.map { ($0.form, $0.path) })
        var others: [(form: ReportFormat, place: Place)] = []
        for form in ReportFormat.allCases {
            let ofFile = BatchOutput.Format(rawValue: form.rawValue).flatMap { file.files[$0] }
            var beside: String?
            if form == .html, let json, json.destination.file != nil { beside = Self.page(json.path) }
            guard let path = given[form] ?? ofFile ?? beside else { continue }
            others.append((form, try Place(path)))
        }
        var taken: Set<String> = []
        for place in [json].compactMap(\.self) + others.map(\.place) {
            guard let path = place.destination.file else { continue }
            if let other = kept.first(where: { Self.leads($0.path, to: path) }) {
                throw Mistake(
                    "\(place.path.quoted) is \(other.name), which the report would replace; give another path"
                )
            }
            guard taken.insert(path).inserted else {
                throw Mistake(
                    "two reports would be written to \(place.path.quoted); give each a path of its own"
                )
            }
        }
        self.json = json
        self.others = others
    }

    /// The path of the JSON report, if that is a file, which can be read again.
    var reportFile: String? { json?.destination.file == nil ? nil : json?.path }

    private static func leads(_ path: String, to file: String) -> Bool {
        // What leads nowhere is not this file.
        (try? ReportDestination(path).file) == file
    }

    /// The page that lies beside a JSON report.
    private static func page(_ json: String) -> String {
        (json.hasSuffix(".json") ? String(json.dropLast(5)) : json) + ".html"
    }
}
