import ArgumentParser
import Catalogue
import SandboxModel

/// Which attacks are run: all, or those of some classes and those of some names.
struct AttackSelection: ParsableArguments {
    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            "Run this class of attacks; can be given again. (default: all)",
            valueName: "class",
        ),
    )
    var classes: [AttackClass] = []

    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("Run this attack; can be given again. (default: all)", valueName: "id"),
    )
    var ids: [String] = []

    /// The attacks of `catalogue` that were asked for, in its order.
    func attacks(of catalogue: Catalogue) throws(Mistake) -> [AttackCase] {
        guard !classes.isEmpty || !ids.isEmpty else { return catalogue.cases }
        if let unknown = ids.first(where: { id in !catalogue.cases.contains { $0.id == id } }) {
            throw Mistake("there is no attack \(unknown.quoted); 'sanderling prove --list' has their names")
        }
        return catalogue.cases.filter { classes.contains($0.attackClass) || ids.contains($0.id) }
    }
}

extension AttackClass: ExpressibleByArgument {}
extension ProvePath: ExpressibleByArgument {}
