import Foundation
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

struct SeccompProfileTests {
    private func profile(_ rule: String, more: String = "") throws -> SeccompProfile {
        let text = """
            {"defaultAction": "SCMP_ACT_NOTIFY", "defaultErrnoRet": 1, \(more)
             "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": []}],
             "syscalls": [\(rule)]}
            """
        return try JSONDecoder().decode(SeccompProfile.self, from: Data(text.utf8))
    }

    @Test func `a plain rule is read`() throws {
        let rule = #"{"names": ["read"], "action": "SCMP_ACT_ALLOW", "comment": "c"}"#
        #expect(try profile(rule).syscalls.first?.names == ["read"])
    }

    @Test(arguments: [
        #"{"names": ["read"], "action": "SCMP_ACT_ALOW", "comment": "c"}"#,
        #"{"names": ["read"], "action": "SCMP_ACT_ALLOW"}"#,
        #"{"names": ["read"], "action": "SCMP_ACT_ALLOW", "comment": "c", "arg": []}"#,
        #"{"names": [], "action": "SCMP_ACT_ALLOW", "comment": "c"}"#,
        #"""
        {"names": ["read"], "action": "SCMP_ACT_ALLOW", "comment": "c",
         "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_GT"}]}
        """#,
        #"""
        {"names": ["read"], "action": "SCMP_ACT_ALLOW", "comment": "c",
         "args": [{"index": 6, "value": 1, "op": "SCMP_CMP_EQ"}]}
        """#,
    ])
    func `a rule with a mistake is an error`(rule: String) {
        #expect(throws: DecodingError.self) { try profile(rule) }
    }

    @Test func `an unknown key of the profile is an error`() {
        #expect(throws: DecodingError.self) { try profile("", more: #""flags": [],"#) }
    }

    @Test func `a name that no table knows is an error`() throws {
        let unknown = try profile(#"{"names": ["raed"], "action": "SCMP_ACT_ALLOW", "comment": "c"}"#)
        let error = #expect(throws: SandboxError.self) {
            try SeccompFilter.compile(unknown, recording: true)
        }
        #expect(error?.message.contains("raed") == true)
    }

    @Test func `calls are named, newer ones and other ABIs too`() {
        let x86: UInt32 = 0xc000_003e
        let names = [
            (101, x86), (470, x86), (462, x86), (101 | 0x4000_0000, x86), (21, 0x4000_0003), (999, x86),
        ]
        .map { SystemCallName.resolve(number: $0, architecture: $1) }
        let expected = ["ptrace", "listns", "mseal", "i386:mount", "syscall_999"]
        #expect(names.filter { !$0.hasPrefix("x32:") } == expected)
        #expect(names[3].hasPrefix("x32:"))
    }

    @Test(
        arguments: [
            ("socket", [17, 3 | 0o2_000_000, 768], ["AF_PACKET", "SOCK_RAW", "protocol 768"]),
            ("unshare", [0x1002_0000], ["CLONE_NEWNS", "CLONE_NEWUSER"]),
            ("ioctl", [0, 0x5412 | 1 << 32], ["TIOCSTI"]),
            ("ptrace", [16, 1], ["PTRACE_ATTACH", "pid 1"]),
            ("reboot", [], []),
        ] as [(String, [UInt64], [String])]
    )
    func `arguments that matter are described`(name: String, registers: [UInt64], expected: [String]) {
        let padded = registers + Array(repeating: 0, count: 6 - registers.count)
        #expect(SystemCallArguments.describe(name: name, args: padded) == expected)
    }

    @Test func `the document lists every call of the profile, and no other`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/seccomp.md"), encoding: .utf8)
        for rule in try SeccompProfile.standard().syscalls {
            let names = rule.names.map { "`\($0)`" }.joined(separator: ", ")
            let row = "| \(names) | \(rule.documentedAnswer) | \(rule.comment) |"
            #expect(text.contains(row), "the document lacks: \(row)")
        }
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count == (try SeccompProfile.standard().syscalls.count))
    }
}

extension SeccompProfile.Rule {
    /// The answer column of the document.
    fileprivate var documentedAnswer: String {
        let conditions = args.map { comparison in
            let value = String(comparison.value, radix: 16)
            let second = String(comparison.valueTwo, radix: 16)
            return switch comparison.op {
            case .equal: "arg\(comparison.index) = 0x\(value)"
            case .maskedEqual: "arg\(comparison.index) & 0x\(value) = 0x\(second)"
            case .notEqual: "arg\(comparison.index) ≠ 0x\(value)"
            }
        }
        let answer =
            switch action {
            case .allow: "allowed"
            case .notify: "recorded, refused"
            case .errno: "errno \(errnoRet ?? 0)"
            }
        return ([answer] + conditions).joined(separator: "; ")
    }
}
