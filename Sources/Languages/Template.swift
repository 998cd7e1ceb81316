/// A string of a definition with placeholders in braces: `--file={source}`.
public struct Template: Sendable, Hashable {
    /// A stretch of the string.
    enum Part: Sendable, Hashable {
        case text(String)
        case placeholder(Placeholder)
    }

    /// What a pair of braces stands for.
    enum Placeholder: Sendable, Hashable {
        /// The source file, relative to the work directory.
        case source
        /// Every file of the program that the language compiles, the source first; a whole argument.
        case sources
        /// As `sources`, without the source itself.
        case otherSources
        /// The options that the program gives its compiler; a whole argument.
        case options
        /// The source file without its extension.
        case stem
        /// The compiled program, relative to the work directory.
        case output
        /// The main class, as the definition's source rule finds it.
        case mainClass
        /// The path of an executable.
        case executable(String)
        /// The directory of an executable.
        case directory(String)
        /// A percentage of the run stage's memory limit, in bytes.
        case memoryBytes(percent: Int)
        /// A percentage of the run stage's memory limit, in units of 2^20 bytes.
        case memoryMebibytes(percent: Int)
        /// The run stage's limit of processes and threads.
        case processes
        /// The directory of what is made ahead: where it is being made, or where it is read.
        case warm
        /// The header that it is made of.
        case header
    }

    let parts: [Part]

    /// Whether this stands for a list of arguments rather than for one.
    var list: Placeholder? {
        guard parts.count == 1, case .placeholder(let placeholder) = parts[0] else { return nil }
        return placeholder.isList ? placeholder : nil
    }

    /// The placeholders, in order.
    var placeholders: [Placeholder] {
        parts.compactMap { part in
            if case .placeholder(let placeholder) = part { placeholder } else { nil }
        }
    }

    /// Reads `text`; throws what is wrong with it.
    init(_ text: String) throws(TemplateError) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            let inside = rest[rest.index(after: open)..<close]
            guard let placeholder = Placeholder(inside) else {
                throw TemplateError(message: "an unknown placeholder '{\(inside)}'")
            }
            parts.append(.placeholder(placeholder))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
        if placeholders.contains(where: \.isList), parts.count > 1 {
            throw TemplateError(message: "'\(text)', but a list must be an argument of its own")
        }
    }

    /// The string with `value` in the place of each placeholder.
    func filled(_ value: (Placeholder) -> String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder(let placeholder): value(placeholder)
            }
        }
        .joined()
    }
}

/// What is wrong with a template.
struct TemplateError: Error {
    let message: String
}

extension Template.Placeholder {
    /// Whether it stands for any number of arguments.
    var isList: Bool { [.sources, .otherSources, .options].contains(self) }

    /// The placeholder's word, without its argument.
    var word: String {
        switch self {
        case .source: "source"
        case .sources: "sources"
        case .otherSources: "other_sources"
        case .options: "options"
        case .stem: "stem"
        case .output: "output"
        case .mainClass: "main_class"
        case .executable: "executable"
        case .directory: "directory"
        case .memoryBytes: "memory_bytes"
        case .memoryMebibytes: "memory_mib"
        case .processes: "processes"
        case .warm: "warm"
        case .header: "header"
        }
    }

    /// The placeholder written as `inside` between its braces.
    fileprivate init?(_ inside: Substring) {
        let halves = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let argument = halves.count == 2 ? String(halves[1]) : nil
        switch (String(halves[0]), argument) {
        case ("source", nil): self = .source
        case ("sources", nil): self = .sources
        case ("other_sources", nil): self = .otherSources
        case ("options", nil): self = .options
        case ("stem", nil): self = .stem
        case ("output", nil): self = .output
        case ("main_class", nil): self = .mainClass
        case ("processes", nil): self = .processes
        case ("warm", nil): self = .warm
        case ("header", nil): self = .header
        case ("executable", let name?) where !name.isEmpty: self = .executable(name)
        case ("directory", let name?) where !name.isEmpty: self = .directory(name)
        case ("memory_bytes", let share):
            guard let percent = Self.percent(share) else { return nil }
            self = .memoryBytes(percent: percent)
        case ("memory_mib", let share):
            guard let percent = Self.percent(share) else { return nil }
            self = .memoryMebibytes(percent: percent)
        default: return nil
        }
    }

    /// The number in `65%`, 1 to 100; 100 when there is none.
    private static func percent(_ text: String?) -> Int? {
        guard let text else { return 100 }
        guard text.hasSuffix("%"), let number = Int(text.dropLast()), (1...100).contains(number) else {
            return nil
        }
        return number
    }
}
