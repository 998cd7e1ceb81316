import Foundation
import Glibc
import LinuxKernel
import SandboxModel
import Testing

@testable import Catalogue

/// The bait sees what is done to it, and is gone afterwards.
@Suite struct BaitTests {
    @Test func `bait that nobody touches is as it was, and goes`() async throws {
        var directory = ""
        var pid: pid_t = 0
        try await Bait.with { bait in
            (directory, pid) = (bait.files.directory, bait.victim.pid)
            #expect(await bait.harm(searching: true) == BaitHarm())
            #expect(try String(contentsOfFile: bait.files.secret, encoding: .utf8) == bait.token + "\n")
            let environment = try File.text(at: "/proc/\(pid)/environ")
            #expect(environment.contains(bait.token))
        }
        #expect(!FileManager.default.fileExists(atPath: directory))
        #expect(kill(pid, 0) != 0)
    }

    @Test func `bait goes when what it was laid for fails`() async {
        var directory = ""
        await #expect(throws: CancellationError.self) {
            try await Bait.with { bait in
                directory = bait.files.directory
                throw CancellationError()
            }
        }
        #expect(!directory.isEmpty && !FileManager.default.fileExists(atPath: directory))
    }

    @Test func `a write, a new name and a mode are changes`() async throws {
        try await Bait.with { bait in
            try Data("x".utf8).write(to: URL(filePath: bait.files.tamper + "2"))
            #expect(await bait.harm(searching: false).tampering.count == 2)
        }
        try await Bait.with { bait in
            #expect(chmod(bait.files.tamper, 0o600) == 0)
            #expect(await bait.harm(searching: false).tampering == ["\(bait.files.tamper) was changed"])
        }
        try await Bait.with { bait in
            #expect(unlink(bait.files.tamper) == 0)
            #expect(await bait.harm(searching: false).tampering.contains("\(bait.files.tamper) is gone"))
        }
    }

    @Test func `a victim that was stopped, ended or reniced is told`() async throws {
        try await Bait.with { bait in
            kill(bait.victim.pid, SIGSTOP)
            while try File.text(at: "/proc/\(bait.victim.pid)/stat").contains(" T ") == false {
                await Task.yield()
            }
            #expect(bait.victim.changes() == ["the victim is in state T"])
        }
        try await Bait.with { bait in
            kill(bait.victim.pid, SIGKILL)
            while try !File.text(at: "/proc/\(bait.victim.pid)/stat").contains(" Z ") { await Task.yield() }
            #expect(bait.victim.changes() == ["the victim is in state Z"])
        }
        try await Bait.with { bait in
            #expect(setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(bait.victim.pid), 5) == 0)
            #expect(bait.victim.changes() == ["the victim's nice was 0 and is 5"])
        }
        try await Bait.with { bait in
            try File.write("500", at: "/proc/\(bait.victim.pid)/oom_score_adj")
            #expect(bait.victim.changes().count == 1)
        }
    }

    @Test func `a connection and a datagram are heard, once`() async throws {
        try await Bait.with { bait in
            #expect(bait.listeners.heard() == [])
            let program = """
                import socket, sys
                socket.create_connection(("127.0.0.1", int(sys.argv[1])))
                socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", int(sys.argv[2])))
                socket.socket(socket.AF_UNIX).connect(sys.argv[3])
                socket.socket(socket.AF_UNIX).connect("\\0" + sys.argv[4])
                """
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments = [
                "-c", program, "\(bait.listeners.tcpPort)", "\(bait.listeners.udpPort)",
                bait.listeners.unixPath,
                bait.listeners.abstractName,
            ]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(
                bait.listeners.heard() == [
                    "TCP was connected to", "UDP received a datagram", "the local socket was connected to",
                    "the abstract socket was connected to",
                ]
            )
            #expect(bait.listeners.heard() == [])
        }
    }

    @Test func `what bears the mark is found`() async throws {
        try await Bait.with { bait in
            let path = "/dev/shm/\(bait.mark)-left"
            try Data().write(to: URL(filePath: path))
            defer { unlink(path) }
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sleep")
            process.arguments = ["1000"]
            process.environment = ["MARK": bait.mark]
            try process.run()
            // It may have been started with SIGTERM blocked, as threads of Dispatch have it, and it holds the tests' output open.
            defer { kill(process.processIdentifier, SIGKILL) }
            let key = key_t(truncatingIfNeeded: Int.random(in: 1 << 20..<1 << 30))
            let segment = shmget(key, 4_096, IPC_CREAT | 0o600)
            defer { shmctl(segment, IPC_RMID, nil) }
            let left = await bait.harm(searching: true).leftovers
            #expect(left.contains("\(path) was left"), "\(left)")
            #expect(left.contains("process \(process.processIdentifier) bears the mark"), "\(left)")
            #expect(left.contains { $0.hasPrefix("System V shm \(segment) with key") }, "\(left)")
        }
    }

    @Test func `a host that gives memory is seen to`() async throws {
        let (held, fall) = try await HostWatch.watching {
            let held = UnsafeMutableRawPointer.allocate(byteCount: 300_000_000, alignment: 4_096)
            memset(held, 1, 300_000_000)
            return held
        }
        held.deallocate()
        // Others give memory back meanwhile.
        #expect(fall.memory > 30_000_000)
    }
}
