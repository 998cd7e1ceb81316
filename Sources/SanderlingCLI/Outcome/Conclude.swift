import ArgumentParser
import Catalogue
import RunClient
import Sanderling
import Service

/// Carries out a command and ends it with its exit code; an error becomes its code and a line that says why.
func conclude(_ body: () async throws -> Int32) async throws {
    StandardStream.surviveClosedPipes()
    let code: Int32
    do {
        code = try await body()
    } catch {
        code = ExitStatus.code(for: error)
        if code != ExitStatus.readerGone { ErrorLines(error).tell() }
    }
    guard code == 0 else { throw ExitCode(code) }
}

/// What is said of an error that ended a command.
struct ErrorLines {
    let lines: [String]

    /// Says it on standard error.
    func tell() { for line in lines { StandardStream.error.tell(line) } }

    init(_ error: any Error) {
        switch error {
        // Each line begins with the file, the line and the column, as editors want it.
        case let error as BatchFileError:
            lines = error.description.split(separator: "\n").map { String($0).onOneLine }
        case let error as CatalogueError: lines = error.mistakes.map(\.onOneLine)
        case let error as ConfigurationMistakes: lines = error.lines.map(\.onOneLine)
        case is CancellationError: lines = ["sanderling: interrupted"]
        default: lines = ["sanderling: \((SystemFailure.sentence(error) ?? "\(error)").onOneLine)"]
        }
    }
}
