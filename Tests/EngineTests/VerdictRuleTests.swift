import LaunchProtocol
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// A row each of docs/verdicts.md, from made-up records.
@Suite struct VerdictRuleTests {
    private let limits = Limits()

    /// The record of a program that ended by itself, with nothing else known of it.
    private func record(
        exit code: Int32 = 0,
        signal: Int32? = nil,
        change: (inout StageRecord) -> Void = { _ in },
    ) -> StageRecord {
        var record = StageRecord()
        record.start = 1_000_000_000
        record.ending = StageEnding(
            signaled: signal != nil,
            code: signal ?? code,
            time: 2_000_000_000,
            scratchUsed: 0,
            scratchCapacity: 0,
            scratchFreeFiles: 0,
            fileAtCeiling: false,
            userTime: 4,
            systemTime: 5,
            peakResident: 6,
        )
        record.outOfMemorySource = "memory.oom_control oom_kill"
        change(&record)
        return record
    }

    private func read(_ record: StageRecord, refusedModule: String? = nil) -> VerdictRule.Reading {
        VerdictRule.read(record, limits: limits, refusedModule: refusedModule)
    }

    // MARK: What wait(2) says

    @Test func `exit 0 is ok and needs no evidence`() {
        let reading = read(record())
        #expect(reading == .init(verdict: .ok, evidence: nil, message: nil, limitsHit: []))
    }

    @Test(arguments: Int32(1)...255)
    func `an exit code other than 0 is the program's own, 137 and 124 too`(code: Int32) {
        let reading = read(record(exit: code))
        #expect(reading.verdict == .nonzeroExit)
        #expect(
            reading.evidence == Evidence(source: "wait status", value: "exited \(code)", attestedBy: .kernel)
        )
        #expect(reading.limitsHit.isEmpty)
    }

    @Test(arguments: [
        (9, "SIGKILL"), (24, "SIGXCPU"), (25, "SIGXFSZ"), (11, "SIGSEGV"), (31, "SIGSYS"), (40, "SIG40"),
    ])
    func `a signal alone proves no limit`(number: Int32, name: String) {
        let reading = read(record(signal: number))
        #expect(reading.verdict == .signaled)
        #expect(
            reading.evidence
                == Evidence(source: "wait status", value: "killed by \(name)", attestedBy: .kernel)
        )
        #expect(reading.limitsHit.isEmpty)
    }

    @Test func `no report of init's is our failure and nothing of the program's`() {
        let reading = read(StageRecord())
        #expect(reading.verdict == .internalError)
        #expect(reading.evidence?.attestedBy == .sanderling)
    }

    // MARK: Our own kills

    private static let kills: [(reason: KillReason, verdict: Verdict, value: String, hit: LimitName?)] = [
        (.wallTime(elapsed: .milliseconds(10_020)), .wallTimeExceeded, "wall clock at 10.020 s", .wallTime),
        (
            .cpuTime(used: .milliseconds(10_004)), .cpuTimeExceeded, "processor-time clock at 10.004 s",
            .cpuTime,
        ),
        (
            .output(stream: "stderr", total: 1_000_001), .outputLimitExceeded, "stderr at 1000001 bytes",
            .output,
        ),
        (.memory(used: 256_000_001), .memoryExceeded, "memory at 256000001 bytes", .memory),
        (.cancelled, .cancelled, "cancelled by the caller", nil),
    ]

    @Test(arguments: kills.indices)
    func `our own kill is the verdict, and we vouch for it`(index: Int) {
        let kill = Self.kills[index]
        let reading = read(record(signal: 9) { $0.killReason = kill.reason })
        let evidence = Evidence(source: "kill", value: kill.value, attestedBy: .sanderling)
        #expect(reading.verdict == kill.verdict)
        #expect(reading.evidence == evidence)
        #expect(reading.limitsHit == kill.hit.map { [LimitHit(limit: $0, evidence: evidence)] } ?? [])
        #expect(reading.message?.isEmpty == false)
    }

    @Test(arguments: [
        (KillReason.wallTime(elapsed: .milliseconds(310)), "the program was still running after 300 ms"),
        (.cpuTime(used: .seconds(61)), "the program used more than 1 min of processor time"),
        (.output(stream: "stdout", total: 65_537), "the program wrote more than 64 KiB to stdout"),
        (.memory(used: 1), "the program used more than 256 MB of memory"),
    ])
    func `a limit is told as people write it`(reason: KillReason, message: String) {
        let limits = Limits(wallTime: .milliseconds(300), cpuTime: .seconds(60), output: .bytes(65_536))
        let killed = record(signal: 9) { $0.killReason = reason }
        #expect(VerdictRule.read(killed, limits: limits).message == message)
    }

    @Test func `a limit that the program failed at is told so, too`() {
        let reading = read(record(exit: 1) { reach(.disk, &$0) })
        #expect(reading.message == "the program failed at its disk limit (64 MB)")
        let odd = Limits(disk: .bytes(64_000_001))
        #expect(
            VerdictRule.read(record(exit: 1) { reach(.disk, &$0) }, limits: odd).message
                == "the program failed at its disk limit (64000001 bytes)"
        )
    }

    @Test(arguments: kills.indices)
    func `an exit in the moment of our kill does not turn it into a success`(index: Int) {
        let kill = Self.kills[index]
        #expect(read(record(exit: 0) { $0.killReason = kill.reason }).verdict == kill.verdict)
    }

    @Test(arguments: [KillReason.outOfMemory, .memory(used: 256_000_001), nil])
    func `the out-of-memory killer's count is the kernel's word`(reason: KillReason?) {
        let reading = read(
            record(signal: 9) {
                $0.outOfMemoryKills = 2
                $0.reachedMemoryCeiling = true
                $0.killReason = reason
            }
        )
        #expect(reading.verdict == .memoryExceeded)
        #expect(
            reading.evidence
                == Evidence(source: "memory.oom_control oom_kill", value: "2", attestedBy: .kernel)
        )
        #expect(reading.limitsHit.map(\.limit) == [.memory])
    }

    @Test func `a program that outlives the out-of-memory killer's victim has still exceeded its memory`() {
        #expect(
            read(record(exit: 0) { ($0.outOfMemoryKills, $0.reachedMemoryCeiling) = (1, true) }).verdict
                == .memoryExceeded
        )
    }

    @Test(arguments: [KillReason.outOfMemory, nil])
    func `memory that ran out above the program's own limit is not its failure`(reason: KillReason?) {
        let reading = read(
            record(signal: 9) {
                $0.outOfMemoryKills = 1
                $0.killReason = reason
            }
        )
        #expect(reading.verdict == .internalError)
        #expect(reading.evidence?.source == "memory.oom_control oom_kill")
        #expect(reading.limitsHit.isEmpty)
    }

    @Test func `our kill at the program's own limit stands, whoever else struck`() {
        let reading = read(
            record(signal: 9) {
                $0.outOfMemoryKills = 1
                $0.killReason = .memory(used: 256_000_001)
            }
        )
        #expect(reading.verdict == .memoryExceeded)
        #expect(reading.evidence?.attestedBy == .sanderling)
    }

    // MARK: Limits that the kernel counts

    private static let counted: [(limit: LimitName, verdict: Verdict, source: String, by: Attestation)] = [
        (.processes, .processLimitExceeded, "pids.events max", .kernel),
        (.fileSize, .fileSizeExceeded, "file size", .sanderling),
        (.disk, .diskLimitExceeded, "statfs", .sanderling),
    ]

    private func reach(_ limit: LimitName, _ record: inout StageRecord) {
        switch limit {
        case .processes: record.refusedProcesses = 3
        case .fileSize: record.ending?.fileAtCeiling = true
        default:
            record.ending?.scratchUsed = 64_000_000
            record.ending?.scratchCapacity = 64_000_000
            record.ending?.scratchFreeFiles = 100
        }
    }

    @Test(arguments: counted.indices)
    func `a limit reached and survived is told, and the verdict stays ok`(index: Int) {
        let counted = Self.counted[index]
        let reading = read(record { reach(counted.limit, &$0) })
        #expect(reading.verdict == .ok)
        #expect(reading.evidence == nil)
        #expect(reading.limitsHit.map(\.limit) == [counted.limit])
    }

    @Test(arguments: counted.indices)
    func `a limit reached by a program that fails is why it failed`(index: Int) {
        let counted = Self.counted[index]
        for record in [
            record(exit: 1, change: { reach(counted.limit, &$0) }),
            record(signal: 25, change: { reach(counted.limit, &$0) }),
        ] {
            let reading = read(record)
            #expect(reading.verdict == counted.verdict)
            #expect(reading.evidence?.source == counted.source)
            #expect(reading.evidence?.attestedBy == counted.by)
            #expect(reading.limitsHit.map(\.limit) == [counted.limit])
        }
    }

    @Test func `a file system without room for another file is at its ceiling`() {
        let reading = read(
            record(exit: 1) {
                $0.ending?.scratchUsed = 4_096
                $0.ending?.scratchCapacity = 64_000_000
                $0.ending?.scratchFreeFiles = 0
            }
        )
        #expect(reading.verdict == .diskLimitExceeded)
    }

    @Test func `a file system with room for one more page is not at its ceiling`() {
        let reading = read(
            record(exit: 1) {
                $0.ending?.scratchUsed = 64_000_000 - 4_096
                $0.ending?.scratchCapacity = 64_000_000
                $0.ending?.scratchFreeFiles = 1
            }
        )
        #expect(reading.verdict == .nonzeroExit)
        #expect(reading.limitsHit.isEmpty)
    }

    // MARK: The module guard

    @Test func `a refused import that ended the program is attested by the program`() {
        let reading = read(record(exit: 1), refusedModule: "socket")
        #expect(reading.verdict == .policyViolation)
        #expect(reading.evidence == Evidence(source: "module guard", value: "socket", attestedBy: .program))
    }

    @Test func `a refused import that the program survived changes nothing`() {
        #expect(read(record(), refusedModule: "socket").verdict == .ok)
    }

    // MARK: Precedence

    @Test func `each rule yields to those above it`() {
        func everything(_ record: inout StageRecord) {
            for limit in [LimitName.processes, .fileSize, .disk] { reach(limit, &record) }
        }
        let cancelled = record(signal: 9) {
            everything(&$0)
            $0.outOfMemoryKills = 1
            $0.reachedMemoryCeiling = true
            $0.killReason = .cancelled
        }
        #expect(read(cancelled, refusedModule: "os").verdict == .cancelled)
        let outOfMemory = record(exit: 1) {
            everything(&$0)
            $0.outOfMemoryKills = 1
            $0.reachedMemoryCeiling = true
        }
        #expect(read(outOfMemory, refusedModule: "os").verdict == .memoryExceeded)
        #expect(
            read(record(exit: 1, change: everything), refusedModule: "os").verdict == .processLimitExceeded
        )
        let files = record(exit: 1) {
            reach(.fileSize, &$0)
            reach(.disk, &$0)
        }
        #expect(read(files, refusedModule: "os").verdict == .fileSizeExceeded)
        #expect(
            read(record(exit: 1, change: { reach(.disk, &$0) }), refusedModule: "os").verdict
                == .diskLimitExceeded
        )
        #expect(read(record(signal: 9), refusedModule: "os").verdict == .policyViolation)
    }

    @Test func `every limit that was reached is told, the fatal one first`() {
        let reading = read(
            record(signal: 9) {
                reach(.processes, &$0)
                reach(.disk, &$0)
                $0.killReason = .wallTime(elapsed: .seconds(10))
            }
        )
        #expect(reading.limitsHit.map(\.limit) == [.wallTime, .processes, .disk])
    }

    @Test func `every verdict but ok carries evidence and a message`() {
        let records = [
            record(exit: 1), record(signal: 6), StageRecord(), record(exit: 1) { $0.refusedProcesses = 1 },
            record { ($0.outOfMemoryKills, $0.reachedMemoryCeiling) = (1, true) },
        ]
        for record in records {
            let reading = read(record)
            #expect(reading.evidence != nil)
            #expect(reading.message?.isEmpty == false)
        }
    }

    @Test func `each limit has a verdict of its own`() {
        #expect(Set(LimitName.allCases.map(\.verdict)).count == LimitName.allCases.count)
        for limit in LimitName.allCases { #expect(limit.verdict.limit == limit) }
    }
}
