import Glibc
import LaunchProtocol
import LinuxKernel
package import LocalProtocol
import Places
package import SandboxModel

/// A service on this machine that this process may use, whose cells and interpreters are ready before a program comes.
///
/// What it makes of a program is what this process would: it runs it exactly as asked or declines, and then nothing has happened.
package struct LocalService: ~Copyable {
    private let connection: Descriptor

    /// A connection to the first that can be trusted; `nil` where there is none.
    ///
    /// It sees the program and says how it ended, so it must be this user's, root's, or one that root has put where services
    /// of the system are; or it is named by `SANDERLING_SOCKET`.
    package static func find() -> LocalService? {
        for path in ServiceSocket.paths() {
            guard let connection = LocalSocket.connect(path) else { continue }
            let user = LocalSocket.peerUser(of: connection)
            guard
                user == 0 || user == geteuid() || path.hasPrefix(ServiceSocket.systemDirectory)
                    || ServiceSocket.named != nil
            else { continue }
            return LocalService(connection: connection)
        }
        return nil
    }

    private init(connection: consuming Descriptor) { self.connection = connection }

    /// How a request ended.
    package enum Ending {
        /// Nothing has run, and nothing will; why not.
        case declined(reason: String)
        /// The caller cancelled it.
        case interrupted
        /// What was streamed ended so.
        case ended(ExecutionResult)
        /// The whole record, as JSON.
        case record([UInt8])
    }

    /// Has a program run.
    ///
    /// - Parameters:
    ///   - request: The program and what it may use.
    ///   - input: What it reads; the service gets it once it has accepted.
    ///   - cancellation: A descriptor that becomes readable when the command is interrupted.
    ///   - show: Told of the output as it comes.
    /// - Returns: How that ended.
    /// - Throws: ``/SandboxModel/SandboxError`` when the service could not run it or has gone, or what `show` throws.
    package consuming func carryOut(
        _ request: LocalRequest,
        input: LocalInput,
        until cancellation: Int32,
        show: (ExecutionEvent) throws -> Void,
    ) throws -> Ending {
        var exchange = try LocalExchange(connection, input: input, until: cancellation)
        exchange.send(LocalFrame(.request, request.wireBytes))
        var isAccepted = false
        while true {
            let frame: LocalFrame
            do {
                guard let next = try exchange.next() else { return .interrupted }
                frame = next
            } catch let error as SandboxError {
                // Closing the connection ends the program.
                throw error
            } catch {
                guard !isAccepted else { throw Self.loss("has gone: \(error)") }
                return .declined(reason: "it answered nothing: \(error)")
            }
            switch frame.kind {
            case .accepted:
                isAccepted = true
                exchange.beginInput()
            case .declined where !isAccepted:
                return .declined(reason: String(decoding: frame.payload, as: UTF8.self))
            case .compiling: try show(.started(.compile))
            case .running: try show(.started(.run))
            case .stdout: try show(.stdout(frame.payload))
            case .stderr: try show(.stderr(frame.payload))
            case .ending: return .ended(try LocalEnding(wireBytes: frame.payload).result)
            case .record: return .record(frame.payload)
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
