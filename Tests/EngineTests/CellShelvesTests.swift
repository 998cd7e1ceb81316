import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What the pool decides to make and to put away, without making anything.
@Suite struct CellShelvesTests {
    private static let second: UInt64 = 1_000_000_000
    private let bounds = CellPool.Bounds(cells: 8, memory: 1 << 30)

    private func kind(_ filesystem: FilesystemAccess = .none) -> CellKind {
        let plan = ExecutionPlan(
            files: [],
            compile: [],
            run: ExecutionPlan.Command(executable: "/bin/true", arguments: ["true"], environment: [:]),
            readOnlyPaths: [],
            moduleGuard: nil,
            policy: Policy(filesystem: filesystem),
            limits: Limits(),
            compileLimits: Limits(),
        )
        return CellKind(plan, missing: [])
    }

    /// How many cells the keepers would start to make now.
    private func makes(_ shelves: inout CellShelves, at now: UInt64, bounds: CellPool.Bounds? = nil) -> Int {
        var count = 0
        while case .make? = shelves.nextTask(at: now, within: bounds ?? self.bounds) { count += 1 }
        return count
    }

    @Test func `what is asked for once is not made ahead`() {
        var shelves = CellShelves()
        #expect(shelves.take(kind(), at: 1, atMost: 8) == nil)
        #expect(makes(&shelves, at: 2) == 0)
    }

    @Test func `demand that finds nothing doubles what is kept, up to the bound`() {
        var shelves = CellShelves()
        var made: [Int] = []
        for turn in UInt64(1)...6 {
            _ = shelves.take(kind(), at: turn, atMost: 8)
            // Half of it while those that were taken are in use.
            made.append(makes(&shelves, at: turn))
        }
        #expect(made.reduce(0, +) == 4, "\(made)")
    }

    @Test func `no more is made than the bound allows, of all kinds together`() {
        var shelves = CellShelves()
        for turn in UInt64(1)...8 {
            _ = shelves.take(kind(), at: turn, atMost: 3)
            _ = shelves.take(kind(.scratch), at: turn, atMost: 3)
        }
        #expect(makes(&shelves, at: 9, bounds: CellPool.Bounds(cells: 3, memory: 1 << 30)) == 3)
    }

    @Test func `no memory for what is ready means that nothing is made`() {
        var shelves = CellShelves()
        for turn in UInt64(1)...4 { _ = shelves.take(kind(), at: turn, atMost: 8) }
        #expect(makes(&shelves, at: 5, bounds: CellPool.Bounds(cells: 8, memory: 0)) == 0)
        #expect(makes(&shelves, at: 5, bounds: CellPool.Bounds(cells: 8, memory: 1_200_000)) == 2)
    }

    @Test func `whoever got no cell does not count as using one`() {
        var shelves = CellShelves()
        for turn in UInt64(1)...3 {
            _ = shelves.take(kind(), at: turn, atMost: 8)
            shelves.release(kind())
        }
        // All of a depth of four, and not half of it.
        #expect(makes(&shelves, at: 4) == 4)
    }

    @Test func `the place of a compiler is shown to its programs`() {
        var plan = ExecutionPlan(
            files: [],
            compile: [.init(executable: "/usr/local/bin/cc", arguments: ["cc"], environment: [:])],
            run: .init(executable: "/bin/true", arguments: ["true"], environment: [:]),
            readOnlyPaths: [],
            moduleGuard: nil,
            policy: Policy(),
            limits: Limits(),
            compileLimits: Limits(),
        )
        #expect(CellKind(plan, missing: []).showsLocal)
        plan.compile = []
        #expect(!CellKind(plan, missing: []).showsLocal)
    }

    @Test func `after a failure nothing is tried for a while`() {
        var shelves = CellShelves()
        _ = shelves.take(kind(), at: 1, atMost: 8)
        _ = shelves.take(kind(), at: 2, atMost: 8)
        #expect(makes(&shelves, at: 3) == 1)
        let isKept = shelves.shelve(nil, of: kind(), at: 4)
        #expect(isKept)
        #expect(makes(&shelves, at: 5) == 0)
        #expect(makes(&shelves, at: 2 * Self.second) == 1)
    }

    @Test func `what nobody asks for any more is forgotten`() {
        var shelves = CellShelves()
        _ = shelves.take(kind(), at: 1, atMost: 8)
        _ = shelves.take(kind(), at: 2, atMost: 8)
        #expect(makes(&shelves, at: 3) == 1)
        _ = shelves.shelve(nil, of: kind(), at: 4)
        #expect(makes(&shelves, at: 100 * Self.second) == 0)
        // And begins anew.
        _ = shelves.take(kind(), at: 101 * Self.second, atMost: 8)
        #expect(makes(&shelves, at: 101 * Self.second) == 0)
    }

    @Test func `a pool that is closed tells its keepers to leave and takes nothing back`() {
        var shelves = CellShelves()
        _ = shelves.take(kind(), at: 1, atMost: 8)
        shelves.isClosed = true
        guard case .leave? = shelves.nextTask(at: 2, within: bounds) else {
            Issue.record("the keepers stay")
            return
        }
    }
}
