import CBareProcess
import Glibc

/// A program started without isolation, in the cheapest way the system has.
enum BareProcess {
    /// Runs a command to its end and returns what it wrote to standard output; anything but exit 0 is an error.
    static func run(_ command: [String], in directory: String? = nil) throws -> [UInt8] {
        var length = 0
        var status: Int32 = 0
        let output = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            status = withArguments(command) { arguments in
                buffer.withMemoryRebound(to: CChar.self) { bytes in
                    bare_run(arguments, directory, bytes.baseAddress, bytes.count, &length)
                }
            }
            count = length
        }
        guard status == 0 else { throw BenchmarkFailure("\(command) ended with wait status \(status)") }
        return output
    }

    /// Runs `body` while `count` copies of a command run beside it, until `signal` ends them.
    static func beside<Result>(
        _ count: Int,
        of command: [String],
        endedBy signal: Int32 = SIGKILL,
        _ body: () async throws -> Result,
    ) async throws -> Result {
        let processes = (0..<count).map { _ in withArguments(command) { bare_start($0) } }
        defer { for process in processes where process > 0 { bare_stop(process, signal) } }
        guard processes.allSatisfy({ $0 > 0 }) else { throw BenchmarkFailure("cannot start \(command)") }
        return try await body()
    }

    private static func withArguments<Result>(
        _ command: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result,
    ) -> Result {
        let arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        return body(arguments)
    }
}

/// Why a measurement is void.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
