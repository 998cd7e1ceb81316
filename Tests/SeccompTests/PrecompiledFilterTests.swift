import Foundation
import Places
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The filter that the repository holds, against what is compiled from the profile.
struct PrecompiledFilterTests {
    private static let source = URL(filePath: #filePath)
        .appending(path: "../../../Sources/SandboxEngine/Seccomp/PrecompiledFilter.swift").standardizedFileURL

    /// Writes the filter anew when `SANDERLING_RECORD` is set, as after a change of the profile.
    @Test func `it is what is compiled from the profile`() throws {
        let standard = try StandardFilter()
        let compiled = try SeccompFilter.compile(try standard.profile(), recording: true)
        if ProcessInfo.processInfo.environment["SANDERLING_RECORD"] != nil {
            try Self.text(of: compiled, digest: standard.digest)
                .write(to: Self.source, atomically: true, encoding: .utf8)
        }
        let mend: Comment =
            "after a change of the profile: SANDERLING_RECORD=1 swift test --filter PrecompiledFilter"
        #expect(PrecompiledFilter.profileDigest == standard.digest, mend)
        let isSame = PrecompiledFilter.program == compiled
        #expect(isSame, mend)
    }

    @Test func `a changed profile is compiled anew`() throws {
        let text = try String(
            contentsOfFile: try #require(Installation.resource("profile.json")),
            encoding: .utf8,
        )
        // Getting the process id is no longer allowed.
        let changed = text.replacing(#""waitid", "getpid","#, with: #""waitid","#)
        #expect(changed != text)
        let program = try withProfile(changed) { try $0.program(recording: true) }
        let isSame = PrecompiledFilter.program == program
        #expect(!isSame)
        let getpid: UInt32 = 39
        #expect(try FilterProgram(program).action(getpid, architecture: 0xc000_003e) == 0x7fc0_0000)
        #expect(
            try FilterProgram(PrecompiledFilter.program).action(getpid, architecture: 0xc000_003e)
                == 0x7fff_0000
        )
    }

    @Test func `a changed profile that is none is refused`() throws {
        let error = #expect(throws: SandboxError.self) {
            try withProfile("{}") { try $0.program(recording: true) }
        }
        #expect(error?.code == .internal)
        #expect(throws: SandboxError.self) { try StandardFilter(path: "/no/such/profile.json") }
    }

    private func withProfile<Result>(_ text: String, _ body: (StandardFilter) throws -> Result) throws
        -> Result
    {
        let file = FileManager.default.temporaryDirectory.appending(path: "profile-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try body(try StandardFilter(path: file.path))
    }

    /// The source file, with four instructions a line.
    private static func text(of program: [UInt8], digest: String) -> String {
        let words = stride(from: 0, to: program.count, by: 8).map { start in
            let word = program[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let digits = String(word, radix: 16)
            return "0x" + String(repeating: "0", count: 16 - digits.count) + digits
        }
        let lines = stride(from: 0, to: words.count, by: 4).map { start in
            "        " + words[start..<min(start + 4, words.count)].joined(separator: ", ") + ","
        }
        return """
            /// The filter of the standard profile, as ``SeccompFilter`` compiles it.
            ///
            /// Written by `PrecompiledFilterTests`, which also sees that it is that still.
            enum PrecompiledFilter {
                /// The SHA-256 of the profile that it was compiled from.
                static let profileDigest = "\(digest)"
                /// The architecture that it is for.
                static let architecture = SeccompArchitecture.x86_64
                /// The filter, whose refusals go to a listener, as `struct sock_filter` instructions.
                static var program: [UInt8] { instructions.withUnsafeBytes(Array.init) }

                // swift-format-ignore
                private static let instructions: [UInt64] = [
            \(lines.joined(separator: "\n"))
                ]
            }

            """
    }
}
