import LaunchProtocol

/// What a process that is about to become a stage's program tells init.
enum StageReport: WireCodable {
    /// The filter's listener, which comes with the message; init answers once it has it.
    case listener
    /// The program is executed now, in nanoseconds of the monotonic clock.
    case executing(time: UInt64)
    /// A step failed, and the process ends.
    case failed(LaunchFailure)

    func write(to writer: inout WireWriter) {
        switch self {
        case .listener: writer.write(UInt8(0))
        case .executing(let time):
            writer.write(UInt8(1))
            writer.write(time)
        case .failed(let failure):
            writer.write(UInt8(2))
            writer.write(failure)
        }
    }

    init(from reader: inout WireReader) throws(MalformedMessage) {
        switch try reader.read(UInt8.self) {
        case 0: self = .listener
        case 1: self = .executing(time: try reader.read(UInt64.self))
        case 2: self = .failed(try LaunchFailure(from: &reader))
        default: throw MalformedMessage()
        }
    }
}
