import Foundation
import LinuxKernel
import Testing

@testable import SanderlingCLI

/// Failures of the system are told in its words, whoever has wrapped them.
@Suite struct SystemFailureTests {
    private func failure(_ body: () throws -> Void) throws -> any Error {
        do { try body() } catch { return error }
        throw Mistake("nothing failed")
    }

    @Test func `Foundation's errors are told by their cause`() throws {
        let reading = try failure { _ = try Data(contentsOf: URL(filePath: "/nowhere/x")) }
        let making = try failure {
            try FileManager.default.createDirectory(
                atPath: "/proc/version/x",
                withIntermediateDirectories: true,
            )
        }
        let opening = try failure { _ = try FileHandle(forReadingFrom: URL(filePath: "/nowhere/x")) }
        #expect(SystemFailure.reason(reading) == "No such file or directory")
        #expect(SystemFailure.reason(making) == "Not a directory")
        #expect(SystemFailure.reason(opening) == "No such file or directory")
        #expect(ErrorLines(reading).lines == ["sanderling: '/nowhere/x': No such file or directory"])
    }

    @Test func `a failed call is named`() {
        let lines = ErrorLines(KernelError(call: "write", number: ENOSPC)).lines
        #expect(lines == ["sanderling: write: No space left on device"])
    }

    @Test func `what is no failure of the system speaks for itself`() {
        #expect(SystemFailure.reason(Mistake("no")) == "no")
        #expect(SystemFailure.sentence(Mistake("no")) == nil)
    }

    @Test func `a report that is not there says so`() {
        #expect(throws: Mistake("'/nowhere.json' cannot be read: No such file or directory")) {
            try BatchReports.reader(of: "/nowhere.json")
        }
    }
}
