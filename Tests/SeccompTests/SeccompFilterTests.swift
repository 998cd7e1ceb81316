import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The standard policy, evaluated as the kernel would, without privileges.
struct SeccompFilterTests {
    static let x86: UInt32 = 0xc000_003e
    static let allow: UInt32 = 0x7fff_0000
    static let notify: UInt32 = 0x7fc0_0000
    static func errno(_ number: UInt32) -> UInt32 { 0x0005_0000 | number }

    let profile: SeccompProfile
    let filter: FilterProgram
    let silent: FilterProgram

    init() throws {
        let standard = try StandardFilter()
        profile = try standard.profile()
        filter = FilterProgram(try standard.program(recording: true))
        silent = FilterProgram(try SeccompFilter.compile(profile, recording: false))
    }

    private func number(_ name: String, on architecture: SeccompArchitecture = .x86_64) throws -> Int32 {
        try #require(
            try LibSeccomp.use { $0.number(of: name, on: architecture) }
                ?? architecture.newerNumber(of: name),
            "\(name) has no number",
        )
    }

    private func action(_ name: String, _ arguments: [UInt64] = []) throws -> UInt32 {
        try filter.action(UInt32(bitPattern: try number(name)), arguments, architecture: Self.x86)
    }

    @Test func `every call named without conditions has the action that the profile gives`() throws {
        var seen: Set<Int32> = []
        for rule in profile.syscalls where rule.args.isEmpty {
            let expected =
                switch rule.action {
                case .allow: Self.allow
                case .notify: Self.notify
                case .errno: Self.errno(UInt32(try #require(rule.errnoRet)))
                }
            for name in rule.names {
                let number = try number(name)
                guard number >= 0 else { continue }
                #expect(seen.insert(number).inserted, "\(name) is named twice")
                #expect(try filter.action(UInt32(number), architecture: Self.x86) == expected, "\(name)")
            }
        }
        #expect(seen.count >= 360)
        #expect(filter.count <= 4_096)
        print("seccomp: \(seen.count) unconditional calls, \(filter.count) instructions")
    }

    @Test(arguments: SeccompArchitecture.allCases)
    func `every name of the profile is known on each architecture it was reviewed for`(
        architecture: SeccompArchitecture
    ) throws {
        #expect(profile.archMap.contains { $0.architecture == architecture.profileName })
        let numbers = try Set(profile.syscalls.flatMap(\.names)).map { try number($0, on: architecture) }
        let present = numbers.filter { $0 >= 0 }
        #expect(Set(present).count == present.count, "two names have one number")
        #expect(present.count >= 280)
    }

    @Test func `of the numbers to 1000 only calls that the profile allows are reachable`() throws {
        let names = profile.syscalls.filter { $0.action == .allow && $0.args.isEmpty }.flatMap(\.names)
        let allowed = try Set(names.map { Int(try number($0)) }.filter { $0 >= 0 })
        let registers = Array(repeating: UInt64.max, count: 6)
        let reachable = try (UInt32(0)...1_000).filter { number in
            try filter.action(number, registers, architecture: Self.x86) == Self.allow
        }
        // With all bits set, those conditional calls pass that are refused for single values, and reading the personality.
        let conditional = try ["fcntl", "ioctl", "personality", "setrlimit", "setsockopt"].map {
            Int(try number($0))
        }
        #expect(Set(reachable.map { Int($0) }) == allowed.union(conditional))
        print("seccomp: \(reachable.count) of the numbers 0 to 1000 are reachable with all argument bits set")
    }

    @Test func `numbers that no kernel knows are recorded`() throws {
        for number in 471...1_000 {
            #expect(try filter.action(UInt32(number), architecture: Self.x86) == Self.notify)
        }
    }

    @Test func `32-bit, x32 and foreign calls are refused whatever their number`() throws {
        for number in UInt32(0)...1_000 {
            for (call, architecture) in [
                (number | 0x4000_0000, Self.x86), (number, 0x4000_0003), (number, 0xc000_00b7), (number, 0),
            ] {
                #expect(try filter.action(call, architecture: architecture) == Self.notify)
                #expect(try silent.action(call, architecture: architecture) == Self.errno(1))
            }
        }
    }

    @Test(
        arguments: [
            0x8000, 0x20000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000,
        ] as [UInt64]
    )
    func `clone makes threads and children but no namespace`(flag: UInt64) throws {
        // What glibc passes for a thread and for fork.
        for ordinary in [0x3d_0f00, 0x120_0011] as [UInt64] {
            #expect(try action("clone", [ordinary]) == Self.allow)
            #expect(try action("clone", [ordinary | flag]) == Self.notify)
            #expect(try action("clone", [ordinary | flag | 1 << 40]) == Self.notify)
        }
    }

    @Test(arguments: [0x5412, 0x541c] as [UInt64])
    func `terminal input cannot be pushed, high bits or not`(command: UInt64) throws {
        for high in [0, 1 << 32, 1 << 63, UInt64(UInt32.max) << 32] as [UInt64] {
            #expect(try action("ioctl", [0, command | high]) == Self.notify)
            for bit in 0..<32 {
                let other = command ^ (1 << UInt64(bit)) | high
                #expect(try action("ioctl", [0, other]) == Self.allow)
            }
        }
    }

    @Test func `only local, TCP, UDP and route sockets can be made`() throws {
        let flags: UInt64 = 0o2_004_000
        var made: Set<[UInt64]> = []
        for family in UInt64(0)..<64 {
            for type in UInt64(0)..<16 {
                for proto in UInt64(0)..<300 {
                    let answer = try action("socket", [family, type | flags, proto])
                    if answer == Self.allow, family != 1 { made.insert([family, type, proto]) }
                }
            }
            #expect(try action("socket", [family, 1, 0]) == action("socket", [family | 1 << 32, 1, 0]))
            #expect(try (action("socketpair", [family, 1, 0]) == Self.allow) == (family == 1))
        }
        #expect(
            made == [
                [2, 1, 0], [2, 1, 6], [2, 2, 0], [2, 2, 17], [10, 1, 0], [10, 1, 6], [10, 2, 0], [10, 2, 17],
                [16, 2, 0], [16, 3, 0],
            ]
        )
        #expect(try action("socket", [1, 1 | flags, 0]) == Self.allow)
        #expect(try action("socket", [2, 1 | flags, 262]) == Self.errno(93))
    }

    @Test func `conditions on the remaining calls hold`() throws {
        #expect(try action("mknodat", [0, 0, 0o10_644]) == Self.allow)
        #expect(try action("mknodat", [0, 0, 0o20_644]) == Self.notify)
        #expect(try action("mknod", [0, 0o60_644 | 1 << 16]) == Self.notify)
        #expect(try action("personality", [0xffff_ffff]) == Self.allow)
        #expect(try action("personality", [0x400_0000]) == Self.notify)
        #expect(try action("prctl", [38, 1]) == Self.allow)
        #expect(try action("prctl", [35]) == Self.notify)
        #expect(try action("prctl", [35 | 1 << 32]) == Self.notify)
        #expect(try action("seccomp", [1, 1]) == Self.allow)
        #expect(try action("seccomp", [1, 9]) == Self.notify)
        #expect(try action("clone3") == Self.errno(38))
    }

    @Test func `without a listener nothing is handed to one`() throws {
        for number in UInt32(0)...1_000 {
            let recorded = try filter.action(number, architecture: Self.x86)
            let answered = try silent.action(number, architecture: Self.x86)
            #expect(answered == (recorded == Self.notify ? Self.errno(1) : recorded))
        }
    }

    @Test(arguments: [Set<UInt32>([0]), [.max], [0x5412, 0x541c], [1, 2, 3, 1 << 31]])
    func `a complement matches each other number exactly once`(excluded: Set<UInt32>) {
        let covers = ReferenceFilter.complement(of: excluded)
        let matched = covers.reduce(UInt64(0)) { $0 + (UInt64(1) << UInt64((~$1.mask).nonzeroBitCount)) }
        #expect(matched == 1 << 32 - UInt64(excluded.count))
        for value in excluded { #expect(!covers.contains { value & $0.mask == $0.value }) }
    }
}
