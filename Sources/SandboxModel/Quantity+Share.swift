/// A share of processors, in units of one CPU: `0.5` is half of one.
public struct CPUShare: Sendable, Hashable, Comparable {
    /// What a number without a unit counts.
    public enum BareUnit: Sendable {
        /// Processors, as the command's `--cpus` does.
        case processors
        /// Per cent of one processor, as the batch file's `max_cpu` does.
        case percent
    }

    /// Thousandths of one CPU.
    public let thousandths: Int

    /// A share of so many thousandths of one CPU.
    public init(thousandths: Int) { self.thousandths = thousandths }

    /// Reads a share as people write it: `50%`, `0.5`, `2`.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - bare: What a number without a per-cent sign counts.
    ///   - range: What is permitted; ``LimitRange/cpuShare``.
    /// - Throws: ``QuantityError`` when it cannot be read or lies outside the range.
    public init(
        quantity text: String,
        bare: BareUnit = .processors,
        within range: ClosedRange<CPUShare> = LimitRange.cpuShare,
    ) throws(QuantityError) {
        let kind = Quantity.Kind(
            name: "a share of processors",
            examples: bare == .percent ? "50 or 50%" : "50%, 0.5 or 2",
        )
        let parts = try Quantity.read(text, as: kind)
        guard let part = parts.first, parts.count == 1, ["", "%"].contains(part.unit) else {
            throw QuantityError(message: "\(text.quoted) is not \(kind.name); write it like \(kind.examples)")
        }
        let isPercent = part.unit == "%" || bare == .percent
        guard let thousandths = part.times(isPercent ? 10 : 1_000) else {
            throw QuantityError(message: "\(text.quoted) is finer than a thousandth of a CPU")
        }
        let share = CPUShare(thousandths: Int(clamping: thousandths))
        let hint = part.unit.isEmpty && isPercent ? " (a number alone is per cent of one CPU)" : ""
        self = try range.admit(share, writtenAs: text, zero: CPUShare(thousandths: 0), hint: hint)
    }

    /// The share as a number of CPUs, as ``Limits/cpuShare`` has it.
    public var processors: Double { Double(thousandths) / 1_000 }

    /// Orders shares by size.
    public static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }
}

extension CPUShare: Written {
    /// The share in per cent: `50%`.
    package var written: String {
        thousandths.isMultiple(of: 10) ? "\(thousandths / 10)%" : "\(Double(thousandths) / 10)%"
    }
}
