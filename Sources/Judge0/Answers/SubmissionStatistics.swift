import Foundation
import Reporting
import Service
import ServiceHTTP

/// What a caller's submissions amount to.
struct SubmissionStatistics {
    private let at: Date
    private let days: [String: Int]
    private let languages: [Int: Int]
    private let statuses: [Judge0Status: Int]
    private let names: LanguageList

    /// How many of the latest submissions are looked into for their language and status.
    static let latest = 200

    init(of caller: Caller, in service: ExecutionService) async throws {
        var filter = ExecutionFilter()
        filter.interface = Judge0Submission.interface
        filter.count = Self.latest
        days = try await service.counts(filter, for: caller)
        var languages: [Int: Int] = [:]
        var statuses: [Judge0Status: Int] = [:]
        for record in try await service.list(filter, for: caller) {
            let loaded = try await LoadedSubmission(SubmissionToken(record.id), of: caller, in: service)
            languages[loaded.submission.languageID, default: 0] += 1
            statuses[try Judgement(loaded.runs, of: loaded.submission).status, default: 0] += 1
        }
        self.languages = languages
        self.statuses = statuses
        names = await LanguageList(service)
        at = Date()
    }

    var json: JSONValue {
        let recent = (0...30).map { Self.day(at.addingTimeInterval(-86_400 * Double($0))) }
        return [
            "created_at": .time(at), "cached_until": .time(at),
            "submissions": [
                "total": .integer(days.values.reduce(0, +)),
                "today": .integer(days[recent[0], default: 0]),
                "last_30_days": .object(
                    recent.dropFirst().map { (key: $0, value: .integer(days[$0, default: 0])) }
                ),
            ],
            "languages": .array(
                languages.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { id, count in
                    [
                        "language": ["id": .integer(id), "name": .string(names[id]?.name ?? "")],
                        "count": .integer(count),
                    ]
                }
            ),
            "statuses": .array(
                statuses.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }.map {
                    status,
                    count in
                    [
                        "status": ["id": .integer(status.rawValue), "name": .string(status.description)],
                        "count": .integer(count),
                    ]
                }
            ),
        ]
    }

    /// A day of UTC as the database writes it.
    private static func day(_ date: Date) -> String { String(date.formatted(.iso8601).prefix(10)) }
}
