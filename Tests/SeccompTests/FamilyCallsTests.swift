import Foundation
import Languages
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What each family does without, against what its programs were seen to call by `scripts/trace-calls`.
@Suite struct FamilyCallsTests {
    private struct Trace: Decodable {
        struct Family: Decodable {
            var programs: Int
            var calls: Set<String>
        }

        var architecture: String
        var families: [String: Family]

        /// What programs of a family were seen to call, themselves or by the tools that they start.
        func calls(of family: LanguageDefinition.Family) -> Set<String>? {
            guard let own = families[family.rawValue], let tools = families["tools"] else { return nil }
            return own.calls.union(tools.calls)
        }
    }

    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
    private static let source = root.appending(path: "Sources/SandboxEngine/Seccomp/FamilyCalls.swift")
    private let trace: Trace

    init() throws {
        trace = try JSONDecoder().decode(
            Trace.self,
            from: Data(contentsOf: Self.root.appending(path: "Tests/Families/calls.json")),
        )
    }

    /// The names that a trace has for a group.
    private func names(of group: CallGroup) -> Set<String> {
        var names = group.calls.map {
            SystemCallName.resolve(number: $0, architecture: SeccompArchitecture.native.rawValue)
        }
        if group.option != nil { names.append("prctl:PR_SET_SECCOMP") }
        return Set(names)
    }

    /// The groups of which nothing was seen; none for a family that was not traced.
    private func unseen(by family: LanguageDefinition.Family) -> [CallGroup] {
        guard let seen = trace.calls(of: family) else { return [] }
        return CallGroup.allCases.filter { names(of: $0).isDisjoint(with: seen) }
    }

    /// Writes what is left out anew when `SANDERLING_RECORD` is set, as after another trace.
    @Test func `what a family leaves out is what none of its programs was seen to call`() throws {
        let families = LanguageDefinition.Family.allCases
        if ProcessInfo.processInfo.environment["SANDERLING_RECORD"] != nil {
            try Self.text(of: families.map { ($0, unseen(by: $0)) })
                .write(to: Self.source, atomically: true, encoding: .utf8)
        }
        for family in families {
            #expect(
                FamilyCalls.leftOut(for: family) == unseen(by: family),
                "\(family): after a trace: SANDERLING_RECORD=1 swift test --filter FamilyCalls",
            )
        }
    }

    @Test func `every family but those with the whole profile was traced`() {
        let expected = Set(LanguageDefinition.Family.allCases).subtracting([.native, .interpreter]).map(
            \.rawValue
        )
        #expect(Set(trace.families.keys) == Set(expected + ["tools"]))
        #expect(trace.families.values.allSatisfy { $0.programs > 0 && $0.calls.count > 40 })
    }

    /// So that the tracer is known to see what a filter would refuse.
    @Test func `the trace has what is known to be called`() throws {
        let known: [(LanguageDefinition.Family, String)] = [
            (.perl, "shmget"), (.perl, "semtimedop"), (.perl, "msgsnd"), (.php, "shmat"),
            (.php, "semtimedop"),
            (.php, "msgget"), (.python, "splice"), (.python, "setresuid"), (.javascript, "setgroups"),
            (.ruby, "setresuid"), (.jvm, "epoll_wait"), (.script, "clone"),
        ]
        for (family, call) in known {
            #expect(trace.families[family.rawValue]?.calls.contains(call) == true, "\(family) \(call)")
        }
        #expect(trace.families["tools"]?.calls.contains("timer_create") == true)
    }

    @Test func `what was seen is a call that some table knows`() throws {
        for call in trace.families.values.reduce(into: Set<String>(), { $0.formUnion($1.calls) })
        where !call.contains(":") {
            let number = try LibSeccomp.use { $0.number(of: call, on: .x86_64) }
            #expect(number ?? SeccompArchitecture.x86_64.newerNumber(of: call) != nil, "\(call)")
        }
    }

    @Test func `the document says what each family leaves out and how many calls it has`() throws {
        let text = try String(contentsOf: Self.root.appending(path: "docs/seccomp.md"), encoding: .utf8)
        for group in CallGroup.allCases {
            let calls = names(of: group).sorted().map { "`\($0.replacing("prctl:", with: "prctl` with `"))`" }
                .joined(separator: ", ")
            #expect(text.contains("\n| \(group.rawValue) | \(calls) |"), "the document lacks: \(calls)")
        }
        let filters = FilterSet(try StandardFilter())
        for family in LanguageDefinition.Family.allCases {
            let groups = FamilyCalls.leftOut(for: family)
            let words = groups.isEmpty ? "nothing" : groups.map(\.rawValue).joined(separator: ", ")
            let programs = trace.families[family.rawValue].map { "\($0.programs)" } ?? "none"
            let filter = FilterProgram(try filters.filter(of: family, recording: true))
            let reachable = try SystemCallSweepTests.reachable(through: filter)
            let row = "| \(words) | \(programs) | \(reachable) |"
            #expect(
                text.split(separator: "\n").contains {
                    $0.hasPrefix("| \(family.rawValue) |") && $0.hasSuffix(row)
                },
                "the document lacks: | \(family.rawValue) | … \(row)",
            )
        }
    }

    /// The source file.
    private static func text(of families: [(LanguageDefinition.Family, [CallGroup])]) -> String {
        let cases = families.map { family, groups in
            guard !groups.isEmpty else { return "        case .\(family): []" }
            let lines = groups.map { "                .\($0)," }.joined(separator: "\n")
            return "        case .\(family):\n            [\n\(lines)\n            ]"
        }
        return """
            import Languages

            /// What each family of languages does without.
            ///
            /// Written by `FamilyCallsTests` from what programs were seen to call, `Tests/Families/calls.json`.
            enum FamilyCalls {
                /// The groups that a family's filter leaves out of the standard profile.
                static func leftOut(for family: LanguageDefinition.Family) -> [CallGroup] {
                    switch family {
            \(cases.joined(separator: "\n"))
                    }
                }
            }

            """
    }
}
