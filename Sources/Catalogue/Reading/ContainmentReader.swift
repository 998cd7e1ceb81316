import Languages
import SandboxModel

/// Reads what must hold for the programs of a case.
struct ContainmentReader {
    private static let keys = ["verdicts", "exit", "output", "never", "host", "collected"]

    private let mapping: StrictMapping
    private let isFamily: Bool

    /// A reader of the mapping under `contained`.
    init(_ attack: StrictMapping, isFamily: Bool) throws(SandboxError) {
        guard let mapping = try attack.mapping("contained", keys: Self.keys + ["second"]) else {
            throw attack.missing("contained")
        }
        self.mapping = mapping
        self.isFamily = isFamily
    }

    /// The rules for the first program and for the second, whose own take the place of the first's.
    ///
    /// What the first must print the second need not.
    func rules() throws(SandboxError) -> (first: Containment, second: Containment) {
        guard mapping["verdicts"] != nil else { throw mapping.missing("verdicts") }
        let first = try rules(mapping, over: Containment())
        var second = first
        second.output = []
        guard let own = try mapping.mapping("second", keys: Self.keys) else { return (first, second) }
        return (first, try rules(own, over: second))
    }

    private func rules(
        _ mapping: StrictMapping,
        over base: Containment,
    ) throws(SandboxError) -> Containment {
        var rules = base
        if mapping["verdicts"] != nil {
            rules.verdicts = try mapping.words("verdicts", as: Verdict.self)
            guard !rules.verdicts.isEmpty else { throw mapping.error("verdicts", "is empty") }
            for verdict in rules.verdicts where [.cancelled, .internalError].contains(verdict) {
                throw mapping.error("verdicts", "has '\(verdict.rawValue)', which contains nothing")
            }
        }
        if let exit = try exit(mapping) { rules.exit = exit }
        if mapping["output"] != nil { rules.output = try mapping.patterns("output") }
        if mapping["never"] != nil { rules.never = try mapping.patterns("never") }
        if mapping["host"] != nil { rules.host = Set(try mapping.words("host", as: HostCheck.self)) }
        if let collected = try collected(mapping) { rules.collected = collected }
        return rules
    }

    private func exit(_ mapping: StrictMapping) throws(SandboxError) -> Containment.ExpectedExit? {
        guard let text = try mapping.string("exit") else { return nil }
        if text == "each" {
            guard isFamily else { throw mapping.error("exit", "is 'each', but the case has no 'each'") }
            return .each
        }
        guard let code = Int32(text), (0...255).contains(code) else {
            throw mapping.error("exit", "is '\(text)', but must be 0 to 255, or 'each'")
        }
        return .code(code)
    }

    private func collected(_ mapping: StrictMapping) throws(SandboxError) -> CollectedRule? {
        guard let collected = try mapping.mapping("collected", keys: ["paths", "some", "never", "size"])
        else {
            return nil
        }
        return CollectedRule(
            paths: collected["paths"] == nil ? nil : try collected.strings("paths"),
            some: try collected.patterns("some"),
            never: try collected.patterns("never"),
            size: try collected.quantity("size") { text throws(QuantityError) in
                try ByteCount(quantity: text, within: .bytes(0)...(.mebibytes(1 << 10)))
            },
        )
    }
}
