/// Everything that reads what a stranger wrote.
enum Parser: String, CaseIterable {
    /// A batch file.
    case batch
    /// A language's definition.
    case definition
    /// What host, launcher, init and zygote say to each other, with what comes out of a cell: files and refused calls.
    case launch
    /// What `sanderling run` and a service on the same machine say to each other.
    case local
    /// The module guard's report, which the program can write to.
    case report
    /// Judge0's archive of additional files.
    case zip
    /// Bodies of requests to the service and to Judge0's routes.
    case json
    /// A pattern of files to collect, and a path to hold against it.
    case glob

    /// The parser of this process.
    nonisolated(unsafe) static var chosen = Parser.batch  // Set once, before the only thread reads it.

    /// Parses `bytes`; ends the process where something is wrong with how that went.
    func parse(_ bytes: [UInt8]) {
        switch self {
        case .batch: TextParsers.batch(bytes)
        case .definition: TextParsers.definition(bytes)
        case .launch: WireParsers.launch(bytes)
        case .local: WireParsers.local(bytes)
        case .report: TextParsers.report(bytes)
        case .zip: BodyParsers.zip(bytes)
        case .json: BodyParsers.json(bytes)
        case .glob: WireParsers.glob(bytes)
        }
    }
}

/// Parses what libFuzzer thought of; by this name its own main, which is linked and not used, asks for it.
@_cdecl("LLVMFuzzerTestOneInput")
func parseOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    Parser.chosen.parse([UInt8](UnsafeBufferPointer(start: data, count: size)))
    return 0
}
