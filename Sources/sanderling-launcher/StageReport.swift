import LaunchProtocol

/// What a process tells init on its way to become a stage's program.
///
/// A zygote's child speaks the same language from C; Sources/sanderling-zygote/zygote.c.
enum StageReport: WireCodable {
    /// The filter's listener, which comes with the message; init answers once it has it.
    case listener
    /// The program is executed now, in nanoseconds of the monotonic clock.
    case executing(time: UInt64)
    /// A step failed, and the process ends.
    case failed(LaunchFailure)
    /// It is confined and waits for its program; its number in the cell.
    case parked(pid: Int32)

    func write(to writer: inout WireWriter) {
        switch self {
        case .listener: writer.write(UInt8(0))
        case .executing(let time):
            writer.write(UInt8(1))
            writer.write(time)
        case .failed(let failure):
            writer.write(UInt8(2))
            writer.write(failure)
        case .parked(let pid):
            writer.write(UInt8(3))
            writer.write(pid)
        }
    }

    init(from reader: inout WireReader) throws(MalformedMessage) {
        switch try reader.read(UInt8.self) {
        case 0: self = .listener
        case 1: self = .executing(time: try reader.read(UInt64.self))
        case 2: self = .failed(try LaunchFailure(from: &reader))
        case 3: self = .parked(pid: try reader.read(Int32.self))
        default: throw MalformedMessage()
        }
    }
}
