import ArgumentParser

/// What is told about Sanderling's own work.
struct LoggingOptions: ParsableArguments {
    @Flag(name: [.short, .long], help: "Tell on standard error what Sanderling does.")
    var verbose = false
}
