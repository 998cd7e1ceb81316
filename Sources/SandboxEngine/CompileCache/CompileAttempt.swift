import SandboxModel

/// One execution's dealings with the cache: it found its program there, or is the one to compile it.
final class CompileAttempt {
    /// What to carry out: after a hit, without a compile stage.
    let plan: ExecutionPlan
    /// Tells the cache, once, what came of compiling.
    private var end: ((CompiledProgram?) -> Void)?
    private let limit: ByteCount

    /// An execution of a program that was compiled before.
    init(_ plan: ExecutionPlan, hit program: StoredProgram) {
        var plan = plan
        plan.compiled = program
        self.plan = plan
        limit = .bytes(0)
    }

    /// An execution that compiles for itself.
    init(_ plan: ExecutionPlan) {
        self.plan = plan
        limit = .bytes(0)
    }

    /// An execution that compiles `plan` for all who want the same, of which at most `limit` bytes are kept.
    init(_ plan: ExecutionPlan, limit: ByteCount, end: @escaping (CompiledProgram?) -> Void) {
        self.plan = plan
        self.limit = min(limit, plan.compileLimits.disk)
        self.end = end
    }

    deinit { end?(nil) }

    /// Hands over what the compile stage left in `cell`, before the program runs there.
    func keep(_ records: [StageRecord], of cell: Cell) throws {
        guard let end else { return }
        let program = try cell.compiledProgram(records, limit: limit)
        self.end = nil
        end(program)
    }
}
