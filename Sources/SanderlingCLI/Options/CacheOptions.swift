import ArgumentParser
import SandboxModel
import Sanderling

/// Whether what was compiled before is used.
struct CacheOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-cache"),
        help: "Compile also what was compiled before, without anything made ahead, and keep nothing.",
    )
    var isOff = false

    /// What a sandbox for many programs is made with.
    func configuration(in isolation: IsolationKind) -> Sandbox.Configuration {
        Sandbox.Configuration(compileCache: compileCache, isolation: isolation)
    }

    /// What a sandbox for one program is made with, for which nothing is worth getting ready.
    func configurationForOne(in isolation: IsolationKind) -> Sandbox.Configuration {
        Sandbox.Configuration(compileCache: compileCache, readyCells: 0, isolation: isolation)
    }

    private var compileCache: CompileCacheConfiguration { isOff ? .off : CompileCacheConfiguration() }
}
