import ArgumentParser
import SandboxModel

/// Ceilings of the compile stage; a language's definition sets those that are not given.
struct CompileLimitOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Real time the compiler may take. (default: the language's own, mostly 60s)",
            valueName: "time",
        ),
        transform: { try Duration(quantity: $0, within: LimitRange.wallTime) },
    )
    var compileTime: Duration?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Memory the compiler may take. (default: the language's own, mostly 2GB)",
            valueName: "size",
        ),
        transform: { try ByteCount(quantity: $0, within: LimitRange.memory) },
    )
    var compileMemory: ByteCount?

    /// The language's limits with what was given in their place, or `nil` when nothing was.
    func limits(over language: Limits) -> Limits? {
        guard compileTime != nil || compileMemory != nil else { return nil }
        var limits = language
        if let compileTime {
            limits.wallTime = compileTime
            // Otherwise a longer time would end on the processor clock.
            limits.cpuTime = max(limits.cpuTime, compileTime)
        }
        limits.memory = compileMemory ?? limits.memory
        return limits
    }
}
