import ArgumentParser

/// Which report a batch goes on from.
enum Resumption: Hashable, ExpressibleByArgument, CustomStringConvertible {
    /// The one that the batch itself writes.
    case ownReport
    /// Another.
    case report(String)

    init?(argument: String) { self = .report(argument) }

    var description: String {
        switch self {
        case .ownReport: "the batch's own report"
        case .report(let path): path
        }
    }
}
