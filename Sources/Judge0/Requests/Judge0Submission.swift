import Foundation
import SandboxModel
import Service

/// A submission as a client of Judge0 asked for it; kept with each execution as its note.
struct Judge0Submission: Sendable, Codable, Hashable {
    /// The name by which executions that came by this interface are kept.
    static let interface = "judge0"

    var languageID = 0
    var expectedOutput: Data?
    var numberOfRuns = 1
    /// Seconds; 0 for as long as is possible.
    var cpuTimeLimit = 0.0
    /// Seconds that a program may run beyond its processor time before it is killed.
    var cpuExtraTime = 0.0
    /// Seconds.
    var wallTimeLimit = 0.0
    /// Kibibytes.
    var memoryLimit = 0
    /// Kibibytes; 0 for as much as is possible.
    var stackLimit = 0
    var processes = 0
    /// Kibibytes; 0 for as much as is possible.
    var maxFileSize = 0
    var compilerOptions: String?
    var commandLineArguments: String?
    var redirectsStandardError = false
    var enablesNetwork = false
    var callbackURL: String?
    /// The archive, as it came.
    var additionalFiles: Data?
    /// Whether its source is an executable that this machine cannot start.
    var isForeignExecutable = false

    /// Reads what was kept with an execution; `nil` when that came by another interface.
    init?(_ submission: Submission) {
        guard let note = submission.note, note.interface == Self.interface,
            let decoded = try? JSONDecoder().decode(Self.self, from: note.contents)
        else { return nil }
        self = decoded
    }

    init() {}

    /// What is kept with an execution.
    var note: InterfaceNote {
        get throws {
            InterfaceNote(
                interface: Self.interface,
                group: String(languageID),
                contents: try JSONEncoder().encode(self),
            )
        }
    }

    // MARK: Judging

    /// Whether `output` is what was expected, white space at the ends of lines and of the whole aside.
    func accepts(_ output: [UInt8]) -> Bool {
        guard let expectedOutput else { return true }
        return Self.lines(of: Array(expectedOutput)) == Self.lines(of: output)
    }

    /// The lines without what is blank at their ends, and without empty ones at the end.
    private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        let blank: Set<UInt8> = [0, 9, 10, 11, 12, 13, 32]
        var lines = text.split(separator: 10, omittingEmptySubsequences: false).map { line in
            line[..<(line.lastIndex { !blank.contains($0) }.map { $0 + 1 } ?? line.startIndex)]
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// Whether an executable ended so because it could not be started: the shell's own code for that.
    func isUnstartable(exitCode: Int32) -> Bool { isForeignExecutable && exitCode == 126 }

    /// Whether this machine's kernel starts a file that begins so.
    static func isStartable(_ file: [UInt8]) -> Bool {
        if file.starts(with: "#!".utf8) { return true }
        #if arch(arm64)
        let machine: UInt8 = 183
        #else
        let machine: UInt8 = 62
        #endif
        // 64 bits, least significant byte first.
        return file.count > 64 && file.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) && file[18] == machine
            && file[19] == 0
    }
}
