import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import SandboxModel
import Service
import ServiceHTTP

/// `/submissions`.
struct SubmissionRoutes: Sendable {
    let service: ExecutionService
    let follower: SubmissionFollower

    /// Submissions in one request.
    static let batch = 100

    func add(to group: RouterGroup<ServiceContext>) {
        group.post("submissions", use: create)
        group.get("submissions", use: list)
        group.post("submissions/batch", use: createBatch)
        group.get("submissions/batch", use: getBatch)
        group.get("submissions/:token", use: get)
        group.delete("submissions/:token", use: remove)
    }

    // MARK: Creating

    @Sendable private func create(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        try caller.require(.submit)
        let query = Query(request)
        let fields = try FieldSelection(query.text("fields"))
        let isBase64 = isBase64(query)
        let members = try await request.members(SubmissionMembers.self, service.configuration.http)
        let reader = SubmissionReader(service: service, caller: caller, isBase64: isBase64)
        let executions = try await submit(try reader.read(members), by: caller)
        guard let first = executions.first else { throw ServiceError(.internal, "nothing was submitted") }
        let token = SubmissionToken(first.id)
        guard query.text("wait") == "true" else {
            return Self.created(token).response(.created)
        }
        await ExecutionService.end(of: executions, within: service.configuration.http.waitTime)
        // Who may only submit is told what became of its own submission all the same.
        let loaded = try await LoadedSubmission(token, of: caller.reader, in: service)
        do {
            let answer = try SubmissionAnswer(
                loaded,
                languages: try await languages(fields),
                isBase64: isBase64,
            )
            return try answer.json(fields).response(.created)
        } catch is SubmissionAnswer.ConversionError {
            return Self.conversionError(of: "this submission", token: token).response(.created)
        }
    }

    @Sendable private func createBatch(_ request: Request, _ context: ServiceContext) async throws -> Response
    {
        let caller = try context.caller
        try caller.require(.submit)
        let batch = try await request.members(BatchMembers.self, service.configuration.http)
        guard batch.count > 0 else {
            throw ServiceError(.invalidRequest, "there should be at least one submission in a batch")
        }
        try Self.checkSize(batch.count)
        let reader = SubmissionReader(service: service, caller: caller, isBase64: isBase64(Query(request)))
        var answers: [JSONValue] = []
        var isAnyValid = false
        for members in batch.submissions {
            do {
                guard let members else {
                    throw ServiceError(.invalidRequest, "a submission is an object")
                }
                let executions = try await submit(try reader.read(members), by: caller)
                answers.append(JSONValue(executions.first) { Self.created(SubmissionToken($0.id)) })
                isAnyValid = true
            } catch let errors as ValidationErrors {
                answers.append(errors.json)
            } catch let error as ServiceError {
                // Those that were accepted before it are told all the same.
                guard isAnyValid else { throw error }
                answers.append(["base": [.string(error.description)]])
            }
        }
        return JSONValue.array(answers).response(isAnyValid ? .created : .unprocessableContent)
    }

    /// Has a submission run as often as it asks for.
    private func submit(_ reading: SubmissionReader.Reading, by caller: Caller) async throws
        -> [LiveExecution]
    {
        let runs = reading.submission.numberOfRuns
        let executions: [LiveExecution]
        if runs == 1 {
            guard let execution = try await service.submit(reading.request, by: caller).execution else {
                return []
            }
            executions = [execution]
        } else {
            var again = reading.request
            again.note = nil
            let batch = [reading.request] + Array(repeating: again, count: runs - 1)
            executions = try await service.submit(batch: batch, by: caller).executions
        }
        if let first = executions.first { follower.follow(first.id, of: caller.name) }
        return executions
    }

    // MARK: Reading

    @Sendable private func get(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = Query(request)
        let fields = try FieldSelection(query.text("fields"))
        let loaded = try await LoadedSubmission(context.token, of: try context.caller, in: service)
        do {
            let answer = try SubmissionAnswer(
                loaded,
                languages: try await languages(fields),
                isBase64: isBase64(query),
            )
            return try answer.json(fields).response()
        } catch is SubmissionAnswer.ConversionError {
            return Self.conversionError(of: "this submission").response(.badRequest)
        }
    }

    @Sendable private func getBatch(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        let query = Query(request)
        let fields = try FieldSelection(query.text("fields"))
        let given = HTTPField.Name("tokens").flatMap { request.headers[$0] } ?? query.text("tokens") ?? ""
        let tokens = given.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard !tokens.isEmpty else {
            throw ServiceError(.invalidRequest, "there should be at least one submission in a batch")
        }
        try Self.checkSize(tokens.count)
        try caller.require(.read)
        let languages = try await languages(fields)
        var submissions = BoundedList()
        do {
            for token in tokens {
                do {
                    let loaded = try await LoadedSubmission(SubmissionToken(token), of: caller, in: service)
                    let answer = try SubmissionAnswer(
                        loaded,
                        languages: languages,
                        isBase64: isBase64(query),
                    )
                    try submissions.append(try answer.json(fields))
                } catch let error as ServiceError where error.code == .notFound {
                    try submissions.append(.null)
                }
            }
        } catch is SubmissionAnswer.ConversionError {
            return Self.conversionError(of: "one or more submissions").response(.badRequest)
        }
        return JSONValue.object([(key: "submissions", value: submissions.json)]).response()
    }

    @Sendable private func list(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        let query = Query(request)
        let fields = try FieldSelection(query.text("fields"))
        let page = query.text("page").map { Int($0) ?? 0 } ?? 1
        let size = query.text("per_page").map { Int($0) ?? 0 } ?? 20
        guard (1...1_000_000_000).contains(page) else {
            throw ServiceError(.invalidRequest, "invalid page: \(page)")
        }
        guard size > 0 else { throw ServiceError(.invalidRequest, "invalid per_page: \(size)") }
        var filter = ExecutionFilter()
        filter.interface = Judge0Submission.interface
        filter.count = min(size, Self.batch)
        filter.offset = (page - 1) * filter.count
        let total = try await service.counts(filter, for: caller).values.reduce(0, +)
        let pages = max(1, (total + filter.count - 1) / filter.count)
        let languages = try await languages(fields)
        var submissions = BoundedList()
        do {
            for record in try await service.list(filter, for: caller) {
                do {
                    let token = SubmissionToken(record.id)
                    let loaded = try await LoadedSubmission(token, of: caller, in: service)
                    let answer = try SubmissionAnswer(
                        loaded,
                        languages: languages,
                        isBase64: isBase64(query),
                    )
                    try submissions.append(try answer.json(fields))
                } catch let error as ServiceError where error.code == .notFound {
                    // It was removed since it was listed.
                    continue
                }
            }
        } catch is SubmissionAnswer.ConversionError {
            return Self.conversionError(of: "one or more submissions").response(.badRequest)
        }
        let answer: JSONValue = [
            "submissions": submissions.json,
            "meta": [
                "current_page": .integer(page),
                "next_page": page < pages ? .integer(page + 1) : .null,
                "prev_page": page > 1 ? .integer(page - 1) : .null,
                "total_pages": .integer(pages), "total_count": .integer(total),
            ],
        ]
        return answer.response()
    }

    // MARK: Removing

    @Sendable private func remove(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        try caller.require(.submit)
        let fields = try FieldSelection(Query(request).text("fields"))
        let loaded = try await LoadedSubmission(context.token, of: caller, in: service)
        let answer = try SubmissionAnswer(loaded, languages: try await languages(fields), isBase64: true)
        let status = answer.judgement.status
        guard status.isFinal, loaded.runs.allSatisfy({ $0.record.state.isFinal }) else {
            throw ServiceError(
                .invalidRequest,
                "submission cannot be deleted because its status is \(status.rawValue) (\(status.description))",
            )
        }
        let json = try answer.json(fields)
        for run in loaded.runs { try await service.remove(run.record.id, by: caller) }
        return json.response()
    }

    // MARK: Words

    private func isBase64(_ query: Query) -> Bool {
        let isImplied = service.configuration.judge0.impliesBase64
        return isImplied ? query.text("base64_encoded") != "false" : query.text("base64_encoded") == "true"
    }

    /// The languages, where their names are asked for.
    private func languages(_ fields: FieldSelection) async throws -> LanguageList? {
        fields.names.contains("language") ? await LanguageList(service) : nil
    }

    private static func created(_ token: SubmissionToken) -> JSONValue {
        ["token": .string(token.description)]
    }

    private static func checkSize(_ count: Int) throws(ServiceError) {
        guard count <= batch else {
            throw ServiceError(
                .invalidRequest,
                "number of submissions in a batch should be less than or equal to \(batch)",
            )
        }
    }

    private static func conversionError(of what: String, token: SubmissionToken? = nil) -> JSONValue {
        let sentence =
            "some attributes for \(what) cannot be converted to UTF-8, use base64_encoded=true query parameter"
        var members: [(key: String, value: JSONValue)] = [("error", .string(sentence))]
        if let token { members.append(("token", .string(token.description))) }
        return .object(members)
    }
}

extension ServiceContext {
    /// The token in the path, or `nil` when it is none.
    fileprivate var token: SubmissionToken? { parameters.get("token").flatMap { SubmissionToken($0) } }
}

extension Request {
    /// The body as JSON.
    ///
    /// - Throws: ``/Service/ServiceError``: as ``boundedBody(_:)``, and `invalidRequest`.
    fileprivate func members<Members: Decodable>(
        _ type: Members.Type,
        _ http: ServiceConfiguration.HTTP,
    ) async throws -> Members {
        let media = headers[.contentType]?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard media == "application/json" else {
            // A page's form can send anything but this without asking first.
            throw ServiceError(
                .invalidRequest,
                "the body is not said to be JSON",
                mend: "send 'Content-Type: application/json'",
            )
        }
        let body = try await boundedBody(http)
        try JSONNesting.check(body)
        do {
            return try JSONDecoder().decode(Members.self, from: Data(body.readableBytesView))
        } catch {
            throw ServiceError(.invalidRequest, "the body is not a JSON object")
        }
    }
}
