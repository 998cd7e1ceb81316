import FoundationEssentials
import SandboxModel

/// The system-call policy as reviewed data, in the OCI runtime's JSON format.
///
/// Reading is strict: an unknown key, action or comparison is an error, so that a mistake in the data never widens it.
/// See `docs/seccomp.md`.
public struct SeccompProfile: Sendable, Hashable, Codable {
    /// What happens to calls that no rule names.
    public var defaultAction: Action
    /// The error number of refusals that name none of their own.
    public var defaultErrnoRet: Int32
    /// The architectures the profile was reviewed for.
    public var archMap: [ArchitectureEntry]
    /// The rules.
    public var syscalls: [Rule]

    /// What the filter does with a call.
    public enum Action: String, Sendable, Hashable, Codable {
        /// The kernel carries the call out.
        case allow = "SCMP_ACT_ALLOW"
        /// The call fails with an error number, unrecorded.
        case errno = "SCMP_ACT_ERRNO"
        /// The call is recorded, and refused.
        case notify = "SCMP_ACT_NOTIFY"
    }

    /// An architecture and the further ones that its kernel also runs.
    public struct ArchitectureEntry: Sendable, Hashable, Codable {
        /// The name in libseccomp: `SCMP_ARCH_X86_64`.
        public var architecture: String
        /// Further architectures to allow; always empty here, so that none is a way round.
        public var subArchitectures: [String]

        private enum CodingKeys: String, CodingKey, CaseIterable { case architecture, subArchitectures }

        /// Decodes an entry.
        ///
        /// - Throws: `DecodingError` for an unknown key and for any second architecture.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
            architecture = try container.decode(String.self, forKey: .architecture)
            subArchitectures = try container.decode([String].self, forKey: .subArchitectures)
            guard subArchitectures.isEmpty else {
                throw DecodingError.dataCorruptedError(
                    forKey: .subArchitectures,
                    in: container,
                    debugDescription: "a second architecture would be a way round the filter",
                )
            }
        }
    }

    /// One decision about some calls.
    public struct Rule: Sendable, Hashable, Codable {
        /// The calls' names.
        public var names: [String]
        /// What happens to them.
        public var action: Action
        /// The error number, for ``Action/errno``.
        public var errnoRet: Int32?
        /// What must hold of the arguments, all together.
        public var args: [Comparison]
        /// Why.
        public var comment: String

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case names, action, errnoRet, args, comment
        }

        /// Decodes a rule.
        ///
        /// - Throws: `DecodingError` for an unknown key, a rule without names, and a rule without a reason.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
            names = try container.decode([String].self, forKey: .names)
            action = try container.decode(Action.self, forKey: .action)
            errnoRet = try container.decodeIfPresent(Int32.self, forKey: .errnoRet)
            args = try container.decodeIfPresent([Comparison].self, forKey: .args) ?? []
            comment = try container.decode(String.self, forKey: .comment)
            guard !names.isEmpty, !comment.isEmpty, (0...4_095).contains(errnoRet ?? 0) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .names,
                    in: container,
                    debugDescription: "a rule needs names, a reason and an error number below 4096",
                )
            }
        }
    }

    /// A condition on one argument.
    public struct Comparison: Sendable, Hashable, Codable {
        /// The argument, from 0 to 5.
        public var index: UInt32
        /// The value; for ``Operator/maskedEqual`` the mask.
        public var value: UInt64
        /// For ``Operator/maskedEqual`` the value.
        public var valueTwo: UInt64
        /// How they are compared.
        public var op: Operator

        private enum CodingKeys: String, CodingKey, CaseIterable { case index, value, valueTwo, op }
    }

    /// A comparison.
    public enum Operator: String, Sendable, Hashable, Codable {
        /// All 64 bits are equal.
        case equal = "SCMP_CMP_EQ"
        /// The bits of a mask are equal.
        case maskedEqual = "SCMP_CMP_MASKED_EQ"
        /// The low 32 bits differ.
        ///
        /// libseccomp compares 64 bits, and a high bit that the kernel ignores would then get round it (CVE-2019-10063).
        case notEqual = "SCMP_CMP_NE"
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case defaultAction, defaultErrnoRet, archMap, syscalls
    }

    /// Decodes a profile.
    ///
    /// - Throws: `DecodingError` for anything unknown, and for a profile that allows what it does not name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        defaultAction = try container.decode(Action.self, forKey: .defaultAction)
        defaultErrnoRet = try container.decode(Int32.self, forKey: .defaultErrnoRet)
        archMap = try container.decode([ArchitectureEntry].self, forKey: .archMap)
        syscalls = try container.decode([Rule].self, forKey: .syscalls)
        guard defaultAction != .allow, (1...4_095).contains(defaultErrnoRet) else {
            throw DecodingError.dataCorruptedError(
                forKey: .defaultAction,
                in: container,
                debugDescription: "an allow-list refuses what it does not name",
            )
        }
    }
}

extension SeccompProfile.Comparison {
    /// Decodes a condition.
    ///
    /// - Throws: `DecodingError` for an unknown key or an argument that does not exist.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        index = try container.decode(UInt32.self, forKey: .index)
        value = try container.decode(UInt64.self, forKey: .value)
        valueTwo = try container.decodeIfPresent(UInt64.self, forKey: .valueTwo) ?? 0
        op = try container.decode(SeccompProfile.Operator.self, forKey: .op)
        guard index < 6, op != .notEqual || value <= UInt32.max else {
            throw DecodingError.dataCorruptedError(
                forKey: .index,
                in: container,
                debugDescription: "there are six arguments, and SCMP_CMP_NE takes 32 bits",
            )
        }
    }
}

extension SeccompProfile {
    /// The profile that comes with Sanderling: beside an installed command, else in the package.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` of code `internal` when it cannot be read.
    public static func standard() throws -> Self { try StandardFilter().profile() }
}
