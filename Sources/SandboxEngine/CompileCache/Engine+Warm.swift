import SandboxModel

extension Engine {
    /// Makes what can be made ahead for programs like `plan`'s, if it is not there; returns whether it is now.
    ///
    /// `hello` is a program that must still compile with it: a compiler that cannot use what it made itself goes without.
    package func warm(
        _ plan: ExecutionPlan,
        hello: ExecutionPlan,
        cancellation: CancellationSignal,
    ) throws -> Bool {
        guard let cache = compileCache, let warmth = plan.warmth else { return false }
        guard cache.warm.isCold(plan) else { return true }
        let making = warmth.making(for: plan)
        var isKept = false
        let attempt = CompileAttempt(making, limit: WarmStore.largestEntry) { program in
            guard let program else { return }
            cache.warm.save(program, for: plan)
            isKept = !cache.warm.isCold(plan)
        }
        _ = try compile(making, attempt, cancellation)
        guard isKept else { return false }
        var checking = hello
        checking.warmth = cache.warm.warmed(plan).warmth
        let outcome = try compile(checking, nil, cancellation)
        guard outcome.run != nil else {
            cache.warm.remove(plan)
            return false
        }
        return true
    }

    private func compile(
        _ plan: ExecutionPlan,
        _ attempt: CompileAttempt?,
        _ cancellation: CancellationSignal,
    ) throws -> ExecutionDriver.Outcome {
        try run(
            ProgramPreparation(plan: plan, modules: nil),
            attempt: attempt,
            stdin: .empty,
            collect: [],
            cancellation: cancellation,
            emit: { _ in },
        ).outcome
    }
}
