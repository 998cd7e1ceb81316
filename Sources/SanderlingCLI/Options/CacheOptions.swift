import ArgumentParser
import Sanderling

/// Whether what was compiled before is used.
struct CacheOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-cache"),
        help: "Compile also what was compiled before, without anything made ahead, and keep nothing.",
    )
    var isOff = false

    /// What a sandbox is made with.
    var configuration: Sandbox.Configuration {
        Sandbox.Configuration(compileCache: isOff ? .off : CompileCacheConfiguration())
    }
}
