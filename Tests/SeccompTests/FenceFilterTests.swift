import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What a fence's filter decides with the standard one behind it.
@Suite struct FenceFilterTests {
    private static let allow: UInt32 = 0x7FFF_0000
    private static let notify: UInt32 = 0x7FC0_0000
    private static func error(_ number: UInt32) -> UInt32 { 0x0005_0000 | number }

    /// The answer to a 64-bit call: the fence's instructions, and the standard filter's behind them.
    private func answer(
        _ call: String,
        _ arguments: [UInt64] = [],
        network: NetworkAccess = .none,
        recording: Bool = true,
    ) throws -> UInt32 {
        let number = try #require(Self.numbers[call])
        let fence = FenceFilter(network: network, recording: recording).instructions
        let filter = FilterProgram(fence + (try StandardFilter().program(recording: true)))
        return try filter.action(
            UInt32(number),
            arguments,
            architecture: SeccompArchitecture.native.rawValue,
        )
    }

    #if arch(x86_64)
    private static let numbers: [String: Int] = [
        "read": 0, "open": 2, "ioctl": 16, "sched_yield": 24, "shmget": 29, "socket": 41, "connect": 42,
        "sendto": 44, "socketpair": 53, "fcntl": 72, "chmod": 90, "kill": 62, "getxattr": 191,
        "setpriority": 141, "sched_setaffinity": 203, "fchmodat2": 452, "mount": 165, "utimensat": 280,
    ]

    @Test func `what is not about others is the standard filter's to decide`() throws {
        #expect(try answer("read") == Self.allow)
        #expect(try answer("open") == Self.allow)
        #expect(try answer("kill") == Self.allow, "Landlock's scope decides")
        #expect(try answer("mount") == Self.notify)
    }

    @Test(arguments: ["chmod", "fchmodat2", "utimensat", "shmget", "socket", "connect"])
    func `calls that reach what cannot be opened are refused`(call: String) throws {
        #expect(try answer(call, [1, 1]) == Self.notify)
        #expect(try answer(call, [1, 1], recording: false) == Self.error(1))
    }

    @Test func `attributes are answered as where there are none`() throws {
        #expect(try answer("getxattr") == Self.error(95))
    }

    @Test func `priorities and processors are the caller's own`() throws {
        #expect(try answer("setpriority", [0, 0, 19]) == Self.allow)
        #expect(try answer("setpriority", [0, 1234, 19]) == Self.notify)
        #expect(try answer("setpriority", [2, 0, 19]) == Self.notify)
        #expect(try answer("sched_setaffinity", [0]) == Self.allow)
        #expect(try answer("sched_setaffinity", [1]) == Self.notify)
        // The kernel looks at the low half alone, and so does the filter.
        #expect(try answer("sched_setaffinity", [1 << 32]) == Self.allow)
        #expect(try answer("sched_setaffinity", [1 << 32 | 1]) == Self.notify)
    }

    @Test func `of descriptors, commands that act on others are refused`() throws {
        for command: UInt64 in [0, 1, 2, 3, 4, 5, 6, 7, 1030, 1034] {
            #expect(try answer("fcntl", [0, command]) == Self.allow, "\(command)")
        }
        // F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY.
        for command: UInt64 in [8, 10, 15, 1024, 1026, 1 << 32 | 8] {
            #expect(try answer("fcntl", [0, command]) == Self.notify, "\(command)")
        }
        #expect(try answer("ioctl", [0, 0x5401]) == Self.allow)
        // TIOCSTI, FIOASYNC, FS_IOC_SETFLAGS, PIDFD_GET_NET_NAMESPACE.
        for request: UInt64 in [0x5412, 0x5452, 0x4008_6602, 0xFF04] {
            #expect(try answer("ioctl", [0, request]) == Self.notify, "\(request)")
        }
    }

    @Test func `only connected pairs of local sockets can be made`() throws {
        for kind: UInt64 in [1, 5, 1 | 0o2_000_000] {
            #expect(try answer("socketpair", [1, kind]) == Self.allow, "\(kind)")
        }
        for kind: UInt64 in [2, 3, 2 | 0o2_000_000] {
            #expect(try answer("socketpair", [1, kind]) == Self.notify, "\(kind)")
        }
        #expect(try answer("sendto", [3, 4, 5, 0, 0, 0]) == Self.allow)
        #expect(try answer("sendto", [3, 4, 5, 0, 0x7fff_0000_0000, 0]) == Self.notify)
        #expect(try answer("sendto", [3, 4, 5, 0, 0x1234, 0]) == Self.notify)
    }

    @Test func `the host's network is internet sockets`() throws {
        #expect(try answer("socket", [2, 1, 0], network: .host) == Self.allow)
        #expect(try answer("socket", [10, 2, 0], network: .host) == Self.allow)
        #expect(try answer("connect", [3], network: .host) == Self.allow)
        for family: UInt64 in [1, 16, 17] {
            #expect(try answer("socket", [family, 1, 0], network: .host) == Self.notify, "\(family)")
        }
    }
    #endif
}
