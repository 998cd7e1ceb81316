import LocalProtocol
import Logging
import Reporting
import RunClient
import SandboxModel
import Sanderling

extension ProgramRun {
    /// Has a service of this machine run the program with its output streaming through.
    ///
    /// - Returns: The exit code; `nil` when there is no service that may or will.
    func streamingByService() async throws -> Int32? {
        try await inService { service, cancellation in
            var live = LiveOutput()
            let ending = try carryOut(by: service, streams: true, until: cancellation) { try live.show($0) }
            return switch ending {
            case .ended(let record): try finish(record, &live)
            case .interrupted: try finish(nil, &live)
            case .declined, .record: nil
            }
        }
    }

    /// The same with the output in the record.
    ///
    /// - Throws: `CancellationError` when it was interrupted.
    func recordByService() async throws -> ExecutionResult? {
        try await inService { service, cancellation in
            switch try carryOut(by: service, streams: false, until: cancellation, show: { _ in }) {
            case .record(let json): try ResultJSON.decode(.init(json))
            case .interrupted: throw CancellationError()
            case .declined, .ended: nil
            }
        }
    }

    private func inService<Value>(
        _ body: (consuming LocalService, CancellationSignal) throws -> Value?
    ) async throws -> Value? {
        // A host's own files and network are this process's to give.
        guard mayUseService, policy.mounts.isEmpty, policy.network != .host else { return nil }
        let cancellation = CancellationSignal()
        return try await withTaskCancellationHandler {
            guard let service = LocalService.find() else { return nil }
            return try body(service, cancellation)
        } onCancel: {
            cancellation.cancel()
        }
    }

    private func carryOut(
        by service: consuming LocalService,
        streams: Bool,
        until cancellation: CancellationSignal,
        show: (ExecutionEvent) throws -> Void,
    ) throws -> LocalService.Ending {
        guard let input = localInput else { return .declined(reason: "only this process has the input") }
        let request = LocalRequest.own(
            program,
            streams: streams,
            policy: policy,
            limits: limits,
            compileLimits: compileLimits,
        )
        let ending = try service.carryOut(request, input: input, until: cancellation.number, show: show)
        if case .declined(let reason) = ending {
            Logger(label: "sanderling.run").debug(
                "the local service declined",
                metadata: ["reason": "\(reason)"],
            )
        }
        return ending
    }

    /// The program's input as a service can get it.
    private var localInput: LocalInput? {
        switch input {
        case .empty: LocalInput(bytes: [])
        case .bytes(let bytes): LocalInput(bytes: bytes)
        case .descriptor(let number): LocalInput(descriptor: number)
        case .feed: nil
        }
    }
}
