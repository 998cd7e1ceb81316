import LaunchProtocol
import Testing

@Suite struct LaunchProtocolTests {
    private static let failure = LaunchFailure(stage: .mountTree, call: "mount", number: 22, index: 7)

    private static let tree: [MountStep] = [
        .memoryFileSystem(path: "/", bytes: 1 << 40, files: 9, mode: 0o755, owner: 1_000),
        .processFileSystem(path: "/proc"),
        .bind(source: .descriptor(index: 3), path: "/usr", attributes: 0xf, isDirectory: true),
        .bind(source: .path("/usr"), path: "/usr", attributes: 0, isDirectory: false),
        .rebind(from: "/a", to: "/b"), .directory(path: "/d", mode: 0o700, owner: 0),
        .file(path: "/f", contents: [0, 255, 10], mode: 0o644, owner: 5),
        .symbolicLink(path: "/l", target: "../x"),
        .attributes(path: "/", attributes: 1, recursive: true),
        .mask(path: "/proc/kcore", isDirectory: false),
        .resize(path: "/work", bytes: .max, files: 7), .detach(path: "/tmp"), .pivotRoot,
        .remove(path: "/dev/tty"),
        .executable(directory: "/work", path: "d/a.out"),
    ]

    private static let plan = CellPlan(
        namespaces: 0x7e02_0000,
        hostName: "sandbox",
        loopback: true,
        base: 9,
        tree: tree,
        isJoinable: true,
    )
    private static let zygote = ZygotePlan(
        namespaces: 0x6c02_0000,
        tree: tree,
        cgroups: [3, 4],
        workingDirectory: "/work",
        executable: Array("/bin/true".utf8),
        arguments: [[], [255]],
        environment: [Array("A=b".utf8)],
    )
    private static let confinement: ConfinementPlan = {
        var confinement = ConfinementPlan(
            workingDirectory: "/work",
            identity: 1_000,
            landlock: LandlockPlan(version: 7, scoped: true, rules: [.init(path: "/", access: .max)]),
            filter: Array(repeating: 6, count: 64),
            recordsRefusals: true,
        )
        confinement.preparation = [.detach(path: "/tmp")]
        return confinement
    }()
    private static let unrestricted: ConfinementPlan = {
        var confinement = Self.confinement
        confinement.landlock = nil
        return confinement
    }()
    private static let fenced: ConfinementPlan = {
        var confinement = Self.confinement
        confinement.isFenced = true
        confinement.landlock?.withoutNetwork = true
        return confinement
    }()
    private static let counted: StagePlan = {
        var stage = Self.stage
        stage.census = CensusLimits(bytes: .max, files: 7)
        return stage
    }()
    private static let stage = StagePlan(
        streams: 4,
        preparation: [.file(path: "/work/f", contents: [0], mode: 0o644, owner: 5)],
        program: ProgramPlan(
            resourceLimits: [ResourceCeiling(resource: 7, value: 256)],
            executable: Array("/bin/true".utf8),
            arguments: [[], [255], Array("ä".utf8)],
            environment: [Array("A=b".utf8)],
        ),
        scratch: "/work",
        writableDirectories: ["/work", "/tmp"],
        fileCeiling: 1 << 33,
    )

    private static let requests: [LauncherRequest] = [
        .enterYard, .yardMapped(identities: 1 << 28), .makeCell(plan),
        .makeZygote(zygote),
        .makeTree(number: 8, steps: tree), .dropTree(number: 8),
        .stayOutside, .makeFence(FencePlan(directory: "/dev/shm/x/1", identity: 0x6000_0001)),
    ]
    private static let replies: [LauncherReply] = [
        .hello(identity: .max), .yardEntered, .yardReady, .yardFailed(failure),
    ]
    private static let cellRequests: [CellRequest] = [
        .park(confinement), .park(unrestricted), .adopt(confinement),
        .park(fenced), .start(counted), .start(stage), .kill,
        .collect(directory: "/work", patterns: [[], Array("**".utf8)], limit: 9),
    ]
    private static let cellReplies: [CellReply] = [
        .made, .ready, .parked, .failed(failure), .started(time: 1), .file(path: [47, 10]), .contents([]),
        .collected(complete: false),
        .refused(
            RefusedCall(architecture: 0xc000_003e, number: -1, arguments: [1, 2, 3, 4, 5, .max], count: 8)
        ),
        .ended(
            StageEnding(
                signaled: true,
                code: -9,
                time: 1,
                scratchUsed: 2,
                scratchCapacity: 3,
                scratchFreeFiles: 4,
                fileAtCeiling: true,
                userTime: 4,
                systemTime: 5,
                peakResident: 6,
                scratchWasCounted: true,
            )
        ),
    ]

    private func checkRoundTrip<Value: WireCodable & Equatable>(_ value: Value) throws {
        let bytes = value.wireBytes
        #expect(try Value(wireBytes: bytes) == value)
        for length in 0..<bytes.count {
            #expect(throws: MalformedMessage.self, "\(value) cut at \(length)") {
                try Value(wireBytes: Array(bytes.prefix(length)))
            }
        }
        #expect(throws: MalformedMessage.self) { try Value(wireBytes: bytes + [0]) }
    }

    @Test func `every message survives the wire, and a part of it or more than it is refused`() throws {
        for message in Self.requests { try checkRoundTrip(message) }
        for message in Self.replies { try checkRoundTrip(message) }
        for message in Self.cellRequests { try checkRoundTrip(message) }
        for message in Self.cellReplies { try checkRoundTrip(message) }
        for step in Self.tree { try checkRoundTrip(step) }
    }

    @Test func `a message of an unknown kind is refused`() {
        #expect(throws: MalformedMessage.self) { try LauncherRequest(wireBytes: [200]) }
        #expect(throws: MalformedMessage.self) { try LauncherReply(wireBytes: [200]) }
        #expect(throws: MalformedMessage.self) { try CellRequest(wireBytes: [200]) }
        #expect(throws: MalformedMessage.self) { try CellReply(wireBytes: [200]) }
        #expect(throws: MalformedMessage.self) { try MountStep(wireBytes: [200]) }
        #expect(throws: MalformedMessage.self) { try LaunchFailure(wireBytes: [200, 0, 0, 0, 0]) }
    }

    @Test func `a truth value is 0 or 1`() {
        #expect(throws: MalformedMessage.self) { try CellReply(wireBytes: [7, 2]) }
    }

    @Test func `text that is no UTF-8 is refused where text is due`() {
        #expect(throws: MalformedMessage.self) { try MountStep(wireBytes: [1, 1, 0, 0, 0, 0xff]) }
    }

    @Test func `a count beyond the message is refused without making room for it`() {
        let count: [UInt8] = [0xff, 0xff, 0xff, 0xff]
        #expect(throws: MalformedMessage.self) { try CellReply(wireBytes: [6] + count) }
        #expect(throws: MalformedMessage.self) { try CellRequest(wireBytes: [2, 0, 0, 0, 0] + count) }
    }

    @Test func `integers are little-endian`() {
        #expect(LauncherRequest.yardMapped(identities: 0x0102_0304).wireBytes == [1, 4, 3, 2, 1])
    }
}
