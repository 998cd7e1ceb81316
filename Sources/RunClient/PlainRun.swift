package import SandboxModel

/// The forms of `sanderling run` that need no parser: the source, its language, limits, and what the program reaches.
///
/// Getting ArgumentParser and Swift's tasks ready takes as long as starting many a program. What this form means is what the
/// parser makes of it, and a test holds the two against each other; whatever is wrong, unusual, or asks for help is left to the parser.
package struct PlainRun: Sendable, Hashable {
    /// Where the source comes from.
    package enum Source: Sendable, Hashable {
        /// The text itself.
        case code(String)
        /// A file of the host.
        case file(String)
    }

    package let source: Source
    /// The language by its name or an alias; `nil` where the file says it.
    package private(set) var language: String?
    package private(set) var policy = Policy()
    package private(set) var limits = Limits()
    /// Whether a service is to be done without.
    package private(set) var isDirect = false
    /// The program's arguments.
    package let arguments: [String]

    /// The run that a command line, from its first word on, asks for; `nil` for one of another form.
    package init?(_ commandLine: [String]) {
        guard commandLine.count > 2, commandLine[1] == "run" else { return nil }
        var words = commandLine[2...]
        // Not a dictionary, whose first use for a type of key takes the time of a hundred comparisons.
        var (file, values): (String?, [(option: Option, text: String)]) = (nil, [])
        func value(of option: Option) -> String? { values.first { $0.option == option }?.text }
        while let word = words.popFirst(), word != "--" {
            guard word.hasPrefix("-"), word != "-" else {
                guard file == nil else { return nil }
                file = word
                continue
            }
            guard let (option, attached) = Self.option(word), value(of: option) == nil,
                let value = attached ?? (option == .direct ? "" : words.popFirst()), value != "--"
            else { return nil }
            values.append((option, value))
        }
        switch (file, value(of: .code)) {
        case (let file?, nil) where !["", "-"].contains(file): source = .file(file)
        case (nil, let code?) where value(of: .language) != nil: source = .code(code)
        default: return nil
        }
        arguments = Array(words)
        do { for (option, value) in values { try set(option, value) } } catch { return nil }
        // Who asks for more wall time alone means the program to have it.
        if value(of: .cpuTime) == nil { limits.cpuTime = max(limits.cpuTime, limits.wallTime) }
    }

    private enum Option: String {
        case code
        case language
        case direct
        case network
        case filesystem
        case wallTime = "time"
        case cpuTime = "cpu-time"
        case memory
        case processes
        case output = "output-limit"
        case disk
        case fileSize = "file-size"
        case openFiles = "open-files"
        case stack
    }

    /// What is thrown at what only the parser can take.
    private struct Unusual: Error {}

    /// The option that a word is, with the value that it holds.
    private static func option(_ word: String) -> (Option, String?)? {
        switch word {
        case "-c": return (.code, nil)
        case "-l": return (.language, nil)
        case _ where word.hasPrefix("--"):
            let parts = word.dropFirst(2).split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false,
            )
            guard let option = Option(rawValue: String(parts[0])) else { return nil }
            guard parts.count == 2 else { return (option, nil) }
            return option == .direct ? nil : (option, String(parts[1]))
        default: return nil
        }
    }

    private mutating func set(_ option: Option, _ value: String) throws {
        switch option {
        case .code: break
        case .direct: isDirect = true
        case .language, .network, .filesystem: try set(option, named: value)
        case .wallTime: limits.wallTime = try Duration(quantity: value, within: LimitRange.wallTime)
        case .cpuTime: limits.cpuTime = try Duration(quantity: value, within: LimitRange.cpuTime)
        case .memory: limits.memory = try ByteCount(quantity: value, within: LimitRange.memory)
        case .processes: limits.processes = try Int(quantity: value, within: LimitRange.processes)
        case .output: limits.output = try ByteCount(quantity: value, within: LimitRange.output)
        case .disk: limits.disk = try ByteCount(quantity: value, within: LimitRange.disk)
        case .fileSize: limits.fileSize = try ByteCount(quantity: value, within: LimitRange.fileSize)
        case .openFiles: limits.openFiles = try Int(quantity: value, within: LimitRange.openFiles)
        case .stack: limits.stack = try ByteCount(quantity: value, within: LimitRange.stack)
        }
    }

    private mutating func set(_ option: Option, named value: String) throws(Unusual) {
        // A name is never empty, and what looks like an option is one to the parser.
        guard !value.isEmpty, !value.hasPrefix("-") else { throw Unusual() }
        switch option {
        case .network:
            guard let network = NetworkAccess(rawValue: value) else { throw Unusual() }
            policy.network = network
        case .filesystem:
            guard let filesystem = FilesystemAccess(rawValue: value) else { throw Unusual() }
            policy.filesystem = filesystem
        default: language = value
        }
    }
}
