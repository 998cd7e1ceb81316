import LaunchProtocol
import LocalProtocol
import Sanderling

/// Messages between our own processes: a hostile one may have taken the other end.
enum WireParsers {
    /// The first byte chooses the message.
    static func launch(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let rest = Array(bytes.dropFirst())
        switch choice % 8 {
        case 0: check(LauncherRequest.self, rest)
        case 1: check(LauncherReply.self, rest)
        case 2: check(CellRequest.self, rest)
        case 3:
            check(CellReply.self, rest)
            if case .refused(let call)? = try? CellReply(wireBytes: rest) { name(call) }
        case 4: check(ProgramPlan.self, rest)
        case 5: check(ZygoteGreeting.self, rest)
        case 6: check(ConfinementPlan.self, rest)
        default:
            check(RefusedCall.self, rest)
            if let call = try? RefusedCall(wireBytes: rest) { name(call) }
        }
    }

    /// What a refused call is called in a report.
    private static func name(_ call: RefusedCall) {
        let name = SystemCallName.resolve(number: call.number, architecture: call.architecture)
        precondition(!name.isEmpty)
        _ = SystemCallArguments.describe(name: name, args: call.arguments)
    }

    /// The bytes come in two pieces; each message is then read as what its kind says.
    static func local(_ bytes: [UInt8]) {
        var reader = LocalFrameReader(limit: 1 << 20)
        let middle = bytes.count / 2
        for piece in [bytes[..<middle], bytes[middle...]] {
            reader.append(Array(piece))
            while let frame = try? reader.next() {
                switch frame.kind {
                case .request:
                    _ = LocalRequest.version(of: frame.payload)
                    check(LocalRequest.self, frame.payload)
                case .ending: check(LocalEnding.self, frame.payload)
                case .refused: check(LocalRefusal.self, frame.payload)
                default: break
                }
            }
        }
    }

    /// A pattern, a NUL, and a path.
    static func glob(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        _ = Glob(Array(parts[0])).matches(Array(parts.last ?? []))
    }

    /// Whatever can be read is written as bytes that are read as the same.
    private static func check<Message: WireCodable & Hashable>(_: Message.Type, _ bytes: [UInt8]) {
        guard let message = try? Message(wireBytes: bytes) else { return }
        let again = try? Message(wireBytes: message.wireBytes)
        precondition(again == message, "\(message) is not what is read of its own bytes")
    }

    private static func check(_: LocalEnding.Type, _ bytes: [UInt8]) {
        guard let message = try? LocalEnding(wireBytes: bytes) else { return }
        precondition((try? LocalEnding(wireBytes: message.wireBytes)) != nil)
    }
}
