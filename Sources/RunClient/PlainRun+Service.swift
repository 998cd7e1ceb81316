import Glibc
import LinuxKernel
import LocalProtocol
import SandboxModel

extension PlainRun {
    /// Whether a service may carry it out: a host's own network is this process's to give.
    package var mayUseService: Bool { !isDirect && policy.network != .host }

    /// Has a service run it, and tells how it ended.
    ///
    /// - Parameters:
    ///   - service: A service of this machine.
    ///   - source: The program's source.
    ///   - cancellation: A descriptor that becomes readable when the command is interrupted.
    /// - Returns: The exit code; `nil` when the service declined, and nothing has happened.
    /// - Throws: ``/SandboxModel/SandboxError`` when the service could not run it or has gone, or what writing the output throws.
    package func carryOut(
        by service: consuming LocalService,
        holding source: [UInt8],
        until cancellation: Int32,
    ) throws -> Int32? {
        var live = LiveOutput()
        let ending = try service.carryOut(
            request(holding: source),
            input: LocalInput(descriptor: STDIN_FILENO),
            until: cancellation,
        ) { try live.show($0) }
        return switch ending {
        case .ended(let record): try live.conclude(record)
        case .interrupted: try live.interrupt()
        case .declined, .record: nil
        }
    }

    /// What to ask a service, which is to find the language as this process would.
    private func request(holding source: [UInt8]) -> LocalRequest {
        var program = Program(language: language ?? "", source: source)
        program.arguments = arguments
        return .own(program, file: path, streams: true, policy: policy, limits: limits)
    }

    /// The file that the source comes from.
    package var path: String? { if case .file(let path) = source { path } else { nil } }

    /// The source, where that can be had without using anything up; `nil` for a file that cannot be read, is too large, or is not
    /// a plain file, such as a pipe.
    package var plainSource: [UInt8]? {
        switch source {
        case .code(let text): return Array(text.utf8)
        case .file(let path):
            guard let descriptor = try? File.open(path, O_RDONLY | O_NONBLOCK),
                let mode = try? File.mode(of: descriptor), mode & S_IFMT == S_IFREG,
                let source = try? File.contents(of: descriptor, limit: ProgramSize.largest.bytes + 1),
                source.count <= ProgramSize.largest.bytes
            else { return nil }
            return source
        }
    }
}
