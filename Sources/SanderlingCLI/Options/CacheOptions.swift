import ArgumentParser
import Sanderling

/// Whether what was compiled before is used.
struct CacheOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-cache"),
        help: "Compile also what was compiled before, without anything made ahead, and keep nothing.",
    )
    var isOff = false

    /// What a sandbox for many programs is made with.
    var configuration: Sandbox.Configuration { Sandbox.Configuration(compileCache: compileCache) }

    /// What a sandbox for one program is made with, for which nothing is worth getting ready.
    var configurationForOne: Sandbox.Configuration {
        Sandbox.Configuration(compileCache: compileCache, readyCells: 0)
    }

    private var compileCache: CompileCacheConfiguration { isOff ? .off : CompileCacheConfiguration() }
}
