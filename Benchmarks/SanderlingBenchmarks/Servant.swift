import CBareProcess
import Glibc

/// A process that runs a program for every byte that it is sent, and answers with what that wrote and a point.
final class Servant: Sendable {
    private let process: pid_t
    private let input: Int32
    private let output: Int32

    /// Starts it.
    init(_ command: [String]) throws {
        var ends: (input: Int32, output: Int32) = (-1, -1)
        let arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        process = bare_serve(arguments, &ends.input, &ends.output)
        guard process > 0 else { throw BenchmarkFailure("cannot start \(command)") }
        (input, output) = ends
    }

    /// Has it run the program once; one request at a time.
    func run() throws -> [UInt8] {
        var byte: UInt8 = 1
        guard write(input, &byte, 1) == 1 else { throw BenchmarkFailure("\(process) takes no request") }
        var answer: [UInt8] = []
        repeat {
            let part = [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
                count = max(0, read(output, buffer.baseAddress, buffer.count))
            }
            guard !part.isEmpty else { throw BenchmarkFailure("\(process) has ended") }
            answer += part
        } while answer.last != UInt8(ascii: ".")
        return answer.dropLast()
    }

    deinit {
        close(input)
        close(output)
        bare_stop(process, SIGKILL)
    }
}
