import Glibc
import Languages
import LaunchProtocol
import LinuxKernel
import LocalProtocol
import Logging
import Reporting
import SandboxModel
import Sanderling
import Service

/// A service on this machine that this process may use, whose cells and interpreters are ready before a program comes.
///
/// What it makes of a program is what this process would: it runs it exactly as asked or declines, and then nothing has happened.
struct LocalService: ~Copyable {
    private let connection: Descriptor

    /// A connection to the first that can be trusted; `nil` where there is none.
    ///
    /// It sees the program and says how it ended, so it must be this user's, root's, or one that root has put where services
    /// of the system are; or it is named by `SANDERLING_SOCKET`.
    static func find() -> LocalService? {
        let variable = { (name: String) in getenv(name).map { String(cString: $0) } }
        for path in ServiceConfiguration.socketPaths(environment: variable) {
            guard let connection = LocalSocket.connect(path) else { continue }
            let user = LocalSocket.peerUser(of: connection)
            guard
                user == 0 || user == geteuid() || path.hasPrefix("/run/sanderling/")
                    || variable("SANDERLING_SOCKET") != nil
            else { continue }
            return LocalService(connection: connection)
        }
        return nil
    }

    private init(connection: consuming Descriptor) { self.connection = connection }

    /// Runs a program with its output streaming through.
    ///
    /// - Parameters:
    ///   - run: The program, which need not name its language when `file` is given.
    ///   - file: The source's path, by which the service finds the language.
    ///   - cancellation: Given when the command is interrupted.
    /// - Returns: The exit code; `nil` when the service declined.
    /// - Throws: ``/SandboxModel/SandboxError`` when the service could not run it or has gone, or what writing the output throws.
    consuming func streaming(
        _ run: ProgramRun,
        file: String? = nil,
        until cancellation: CancellationSignal,
    ) throws -> Int32? {
        var live = LiveOutput()
        let ending = try carryOut(run, file: file, streams: true, until: cancellation) {
            event throws(KernelError) in
            try live.show(event)
        }
        switch ending {
        case .declined: return nil
        case .interrupted: return try run.finish(nil, &live)
        case .record(let record): return try run.finish(record, &live)
        }
    }

    /// Runs a program and keeps its output in the record.
    ///
    /// - Returns: The record; `nil` when the service declined.
    /// - Throws: `CancellationError` when it was interrupted.
    consuming func record(_ run: ProgramRun, until cancellation: CancellationSignal) throws
        -> ExecutionResult?
    {
        switch try carryOut(run, streams: false, until: cancellation, show: { _ in }) {
        case .declined: return nil
        case .interrupted: throw CancellationError()
        case .record(let record): return record
        }
    }

    private enum Ending {
        case declined
        case interrupted
        case record(ExecutionResult)
    }

    private consuming func carryOut(
        _ run: ProgramRun,
        file: String? = nil,
        streams: Bool,
        until cancellation: CancellationSignal,
        show: (ExecutionEvent) throws(KernelError) -> Void,
    ) throws -> Ending {
        guard let input = LocalInput(run.input) else { return .declined }
        let request = LocalRequest(
            version: SanderlingCommand.version,
            definitions: LanguageCatalog.standardOwnDirectories(),
            streams: streams,
            program: run.program,
            file: file,
            policy: run.policy,
            limits: run.limits,
            compileLimits: run.compileLimits,
        )
        var exchange = try LocalExchange(connection, input: input, until: cancellation)
        exchange.send(LocalFrame(.request, request.wireBytes))
        let logger = Logger(label: "sanderling.run")
        var isAccepted = false
        while true {
            let frame: LocalFrame
            do {
                guard let next = try exchange.next() else { return .interrupted }
                frame = next
            } catch {
                guard !isAccepted else { throw Self.loss("has gone: \(error)") }
                logger.debug("the local service answered nothing", metadata: ["error": "\(error)"])
                return .declined
            }
            switch frame.kind {
            case .accepted:
                isAccepted = true
                exchange.beginInput()
            case .declined where !isAccepted:
                let reason = String(decoding: frame.payload, as: UTF8.self)
                logger.debug("the local service declined", metadata: ["reason": "\(reason)"])
                return .declined
            case .compiling: try show(.started(.compile))
            case .running: try show(.started(.run))
            case .stdout: try show(.stdout(frame.payload))
            case .stderr: try show(.stderr(frame.payload))
            case .ending: return .record(try LocalEnding(wireBytes: frame.payload).result)
            case .record: return .record(try ResultJSON.decode(.init(frame.payload)))
            case .refused:
                let refusal = try LocalRefusal(wireBytes: frame.payload)
                throw SandboxError(.init(rawValue: refusal.code), refusal.message, mend: refusal.mend)
            case .interrupted: throw Self.loss("was stopped before the program ended")
            default: throw MalformedMessage()
            }
        }
    }

    /// What is told when the service does not say how a program ended that it had begun.
    private static func loss(_ reason: String) -> SandboxError {
        SandboxError(
            .internal,
            "the service that ran the program \(reason)",
            mend: "run it again, with --direct to do without one",
        )
    }
}
