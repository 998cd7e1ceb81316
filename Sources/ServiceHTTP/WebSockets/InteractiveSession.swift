package import Service

/// What a protocol makes of the messages of a WebSocket on which one program is run and talked to.
package protocol InteractiveProtocol: Sendable {
    /// How long the submission is waited for.
    var patience: Duration { get }
    /// How leave is taken when it did not come.
    var lateness: WebSocketClose { get }

    /// What a message asks for.
    ///
    /// - Parameters:
    ///   - message: A message of the caller's.
    ///   - hasBegun: Whether the program has been submitted.
    /// - Returns: What to do.
    /// - Throws: ``/Service/ServiceError`` for a message that cannot be.
    func step(for message: WebSocket.Message, hasBegun: Bool) async throws -> InteractiveStep

    /// Tells an execution from its beginning to its end, and returns how leave is taken.
    ///
    /// - Throws: An error when the connection is closed.
    func tell(_ execution: LiveExecution, to socket: WebSocket) async throws -> WebSocketClose

    /// How an error is told, and leave taken.
    func refusal(_ error: any Error) -> (message: [UInt8], close: WebSocketClose)
}

/// What a message on a WebSocket asks for.
package enum InteractiveStep: Sendable {
    /// Run this program, which is not waited for any longer, however long it takes to say what it is.
    case submit(@Sendable () async throws -> SubmissionRequest)
    /// Give it this on standard input.
    case input([UInt8])
    /// End its standard input.
    case endInput
    /// Send it this signal.
    case signal(Int32)
    /// Kill it.
    case cancel
    /// Take leave of a caller that does not keep to the protocol; its program is killed.
    case leave(WebSocketClose)
    /// Nothing.
    case nothing
}

/// One program that a caller talks to over a WebSocket; it ends with the connection.
package struct InteractiveSession<Protocol: InteractiveProtocol>: Sendable {
    private let service: ExecutionService
    private let caller: Caller
    private let socket: WebSocket
    private let language: Protocol

    /// - Parameters:
    ///   - service: Runs the program.
    ///   - caller: On whose behalf.
    ///   - socket: The connection.
    ///   - language: What its messages mean.
    package init(_ service: ExecutionService, _ caller: Caller, _ socket: WebSocket, in language: Protocol) {
        self.service = service
        self.caller = caller
        self.socket = socket
        self.language = language
    }

    /// Runs the program that the caller submits, and returns when it is over and leave was taken.
    package func serve() async {
        let (submitted, submitter) = AsyncStream<LiveExecution?>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await listen(telling: submitter) }
            guard let execution = await first(of: submitted) else {
                // Late, or gone, or refused and told so; closing what is closed does nothing.
                return await socket.close(language.lateness)
            }
            do {
                await socket.close(try await language.tell(execution, to: socket))
            } catch {
                // Nobody listens any more.
                try? await service.cancel(execution.id, by: caller)
                await socket.close(WebSocketClose(1_011))
            }
        }
    }

    /// Does what the caller's messages ask for, until no more come; then the program is killed, if it is not over.
    @concurrent private func listen(telling submitter: AsyncStream<LiveExecution?>.Continuation) async {
        let interaction = Interaction()
        // Whoever waits for room for more input would not see its caller go.
        socket.whenClosed { interaction.close() }
        var execution: LiveExecution?
        do {
            for try await message in socket.messages {
                switch try await language.step(for: message, hasBegun: execution != nil) {
                case .submit(let request):
                    submitter.yield(nil)
                    let begun = try await service.submit(
                        try await request(),
                        by: caller,
                        interaction: interaction,
                    )
                    execution = begun
                    submitter.yield(begun)
                case .input(let bytes): try await interaction.write(bytes)
                case .endInput: interaction.endInput()
                case .signal(let number): interaction.signal(number)
                case .cancel: if let execution { try await service.cancel(execution.id, by: caller) }
                case .leave(let close): await socket.close(close)
                case .nothing: break
                }
            }
        } catch {
            let refusal = language.refusal(error)
            try? await socket.send(refusal.message)
            await socket.close(refusal.close)
        }
        submitter.finish()
        if let execution { try? await service.cancel(execution.id, by: caller) }
    }

    /// The execution, once it is submitted; `nil` when its caller is late with it, or gone.
    ///
    /// The time is that for a message to come that submits one, whatever others come before it; what is then done with it takes as
    /// long as it takes.
    private func first(of submitted: AsyncStream<LiveExecution?>) async -> LiveExecution? {
        let isHeard = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await submitted.first { _ in true } != nil }
            group.addTask { [patience = language.patience] in
                try? await Task.sleep(for: patience)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
        guard isHeard else { return nil }
        for await execution in submitted { if let execution { return execution } }
        return nil
    }
}
