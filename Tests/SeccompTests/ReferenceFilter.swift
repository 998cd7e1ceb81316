import Foundation
import Glibc
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// A profile as libseccomp, the field's own library, compiles it: what our filters are held against.
struct ReferenceFilter {
    private typealias Initialize = @convention(c) (UInt32) -> OpaquePointer?
    private typealias Release = @convention(c) (OpaquePointer) -> Void
    private typealias SetLevel = @convention(c) (UInt32) -> Int32
    private typealias SetAttribute = @convention(c) (OpaquePointer, UInt32, UInt32) -> Int32
    private typealias AddRule =
        @convention(c) (OpaquePointer, UInt32, Int32, UInt32, UnsafeRawPointer?) -> Int32
    private typealias Export = @convention(c) (OpaquePointer, Int32) -> Int32

    private struct Failure: Error { var call: String }

    /// The instructions of the filter for the native architecture.
    ///
    /// libseccomp takes one condition an argument, and several rules mean "or": "not A and not B" is therefore written as the
    /// masks that cover all other values. Its own `SCMP_CMP_NE` compares 64 bits.
    static func program(of profile: SeccompProfile, recording: Bool) throws -> [UInt8] {
        let handle = try #require(dlopen("libseccomp.so.2", RTLD_NOW | RTLD_LOCAL))
        func symbol<Function>(_ name: String, _ type: Function.Type) throws -> Function {
            unsafeBitCast(try #require(dlsym(handle, name)), to: type)
        }
        func check(_ result: Int32, _ call: String) throws {
            guard result >= 0 else { throw Failure(call: "\(call): \(result)") }
        }
        func value(of action: SeccompProfile.Action, errno: Int32?) -> UInt32 {
            switch action {
            case .allow: 0x7fff_0000
            case .notify where recording: 0x7fc0_0000
            case .errno, .notify: 0x0005_0000 | UInt32(errno ?? profile.defaultErrnoRet)
            }
        }
        let fallback = value(of: profile.defaultAction, errno: nil)
        // Level 5 and later know SCMP_ACT_NOTIFY.
        try check(symbol("seccomp_api_set", SetLevel.self)(5), "seccomp_api_set")
        let (initialize, release) = (
            try symbol("seccomp_init", Initialize.self), try symbol("seccomp_release", Release.self),
        )
        let context = try #require(initialize(fallback))
        defer { release(context) }
        // SCMP_FLTATR_ACT_BADARCH, CTL_NNP and CTL_OPTIMIZE.
        for (attribute, setting) in [(UInt32(2), fallback), (3, 0), (8, 2)] {
            try check(
                symbol("seccomp_attr_set", SetAttribute.self)(context, attribute, setting),
                "seccomp_attr_set",
            )
        }
        let add = try symbol("seccomp_rule_add_array", AddRule.self)
        let architecture = SeccompArchitecture.native
        for rule in profile.syscalls {
            let action = value(of: rule.action, errno: rule.errnoRet)
            for name in rule.names {
                let known =
                    try LibSeccomp.use { $0.number(of: name, on: architecture) }
                    ?? architecture.newerNumber(of: name)
                let number = try #require(known)
                // libseccomp refuses rules that only repeat the default.
                guard number >= 0, action != fallback else { continue }
                for arguments in alternatives(of: rule.args) {
                    let words = arguments.flatMap(\.words)
                    try words.withUnsafeBytes {
                        try check(
                            add(context, action, number, UInt32(arguments.count), $0.baseAddress),
                            "seccomp_rule_add_array for \(name)",
                        )
                    }
                }
            }
        }
        // Not a pipe: its buffer may be a page, and the library writes until it is done.
        let file = FileManager.default.temporaryDirectory.appending(path: "filter-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        let number = open(file.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        defer { close(number) }
        try check(symbol("seccomp_export_bpf", Export.self)(context, number), "seccomp_export_bpf")
        return Array(try Data(contentsOf: file))
    }

    /// What one rule asks of one argument: `struct scmp_arg_cmp`.
    private struct Argument {
        var index: UInt32
        var mask: UInt64
        var value: UInt64
        var masked: Bool

        /// Index and operator (`SCMP_CMP_EQ` 4, `SCMP_CMP_MASKED_EQ` 7), then two values.
        var words: [UInt64] {
            masked ? [UInt64(index) | 7 << 32, mask, value] : [UInt64(index) | 4 << 32, value, 0]
        }
    }

    /// The sets of conditions, one of which must hold, that together say what `comparisons` say.
    private static func alternatives(of comparisons: [SeccompProfile.Comparison]) -> [[Argument]] {
        let fixed = comparisons.filter { $0.op != .notEqual }.map { comparison in
            comparison.op == .maskedEqual
                ? Argument(
                    index: comparison.index,
                    mask: comparison.value,
                    value: comparison.valueTwo,
                    masked: true,
                )
                : Argument(index: comparison.index, mask: .max, value: comparison.value, masked: false)
        }
        let excluded = Dictionary(grouping: comparisons.filter { $0.op == .notEqual }, by: \.index)
        return excluded.sorted { $0.key < $1.key }.reduce([fixed]) { sets, entry in
            let covers = complement(of: Set(entry.value.map { UInt32($0.value) }))
            return sets.flatMap { set in
                covers.map { cover in
                    set + [
                        Argument(
                            index: entry.key,
                            mask: UInt64(cover.mask),
                            value: UInt64(cover.value),
                            masked: true,
                        )
                    ]
                }
            }
        }
    }

    /// Masks and values that together match every 32-bit number outside `excluded`, and none inside.
    static func complement(of excluded: Set<UInt32>) -> [(mask: UInt32, value: UInt32)] {
        func covers(bit: UInt32, mask: UInt32, value: UInt32) -> [(mask: UInt32, value: UInt32)] {
            guard excluded.contains(where: { $0 & mask == value }) else { return [(mask, value)] }
            guard bit != 0 else { return [] }
            return covers(bit: bit >> 1, mask: mask | bit, value: value)
                + covers(bit: bit >> 1, mask: mask | bit, value: value | bit)
        }
        return covers(bit: 1 << 31, mask: 0, value: 0)
    }
}
