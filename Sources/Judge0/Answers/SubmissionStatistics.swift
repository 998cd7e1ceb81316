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

    init(of caller: Caller, in service: ExecutionService) async throws {
        var filter = ExecutionFilter()
        filter.interface = Judge0Submission.interface
        days = try await service.counts(filter, for: caller)
        var languages: [Int: Int] = [:]
        var statuses: [Judge0Status: Int] = [:]
        for tally in try await service.tallies(of: Judge0Submission.interface, for: caller) {
            if let id = tally.group.flatMap({ Int($0) }) { languages[id, default: 0] += tally.count }
            let judged = tally.outcome.flatMap(Judge0Status.init(rawValue:))
            // One that has just ended is judged in a moment.
            statuses[judged ?? (tally.state == .queued ? .inQueue : .processing), default: 0] += tally.count
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
