import SandboxModel
import Yams

extension BatchReader {
    /// Reads what should come of a sample.
    mutating func expectation(_ entry: Fields.Entry?) -> Expectation {
        guard let entry else { return Expectation() }
        guard entry.value.mapping != nil else {
            wrongType(entry, "a mapping with 'stdout', 'exit_code' or 'verdict'")
            return Expectation()
        }
        let fields = fields(entry.value, of: .expect)
        if node(entry.value, hasNoEntries: fields) {
            mistake(entry.value.position, "'expect' is empty; remove it to expect success")
        }
        var expectation = Expectation()
        expectation.stdout = text(fields["stdout"]).map { Array($0.utf8) }
        if let code = fields["exit_code"] { expectation.exitCode = exitCode(code) }
        if let verdict = fields["verdict"] {
            let nodes = verdict.value.sequence.map(Array.init) ?? [verdict.value]
            if nodes.isEmpty {
                mistake(verdict.value.position, "verdict: the list is empty, so nothing could pass")
            }
            expectation.verdicts = Set(
                nodes.compactMap { word(verdict, $0, among: Self.expectable, called: "a verdict") }
            )
        }
        if let verdicts = expectation.verdicts, let code = expectation.exitCode, let at = fields["exit_code"]
        {
            let possible = code == 0 ? verdicts != [.nonzeroExit] : verdicts != [.ok]
            if !possible {
                mistake(at.value.position, "exit_code: \(code) cannot go with the verdict that is expected")
            }
        }
        return expectation
    }

    /// Verdicts that a program can bring about; the other two are nothing to wish for.
    private static var expectable: [Verdict] {
        Verdict.allCases.filter { ![.cancelled, .internalError].contains($0) }
    }

    private func node(_ node: Node, hasNoEntries fields: Fields) -> Bool {
        fields.entries.isEmpty && (node.mapping?.isEmpty ?? true)
    }

    private mutating func exitCode(_ entry: Fields.Entry) -> Int32? {
        guard let scalar = entry.value.scalar, let code = Int32(scalar.string), (0...255).contains(code)
        else {
            wrongType(entry, "a whole number from 0 to 255")
            return nil
        }
        return code
    }
}
