package import Hummingbird
import HummingbirdCore
import SandboxModel
import Service

/// The query of a request, with what is wrong in it told by name.
package struct Query {
    private let parameters: FlatDictionary<Substring, Substring>

    package init(_ request: Request) { parameters = request.uri.queryParameters }

    /// A text, percent-decoded, which Hummingbird has done; an empty one is none.
    package func text(_ name: String) -> String? {
        guard let value = parameters[Substring(name)], !value.isEmpty else { return nil }
        return String(value)
    }

    /// A whole number.
    func count(_ name: String, _ range: ClosedRange<Int>) throws(ServiceError) -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw ServiceError(
                .invalidRequest,
                "\(name) \(text.quoted) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
            )
        }
        return value
    }

    /// The id of an execution or a batch.
    func id(_ name: String) throws(ServiceError) -> ExecutionID? {
        guard let text = text(name) else { return nil }
        guard let id = ExecutionID(text) else {
            throw ServiceError(.invalidRequest, "\(name) \(text.quoted) is not an id")
        }
        return id
    }

    /// One of a few words.
    func choice<Value: RawRepresentable<String> & CaseIterable>(_ name: String) throws(ServiceError) -> Value?
    {
        guard let text = text(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            throw ServiceError(
                .invalidRequest,
                "\(name) \(text.quoted) is not known",
                mend: "known are \(Value.allCases.map(\.rawValue).joined(separator: ", "))",
            )
        }
        return value
    }

    /// How long to wait for the end: `true` for as long as is possible, or a time; no time by default.
    var wait: Duration {
        get throws(ServiceError) {
            guard let text = text("wait"), text != "false", text != "0" else { return .zero }
            if text == "true" { return .seconds(86_400) }
            do {
                return try Duration(quantity: text, within: LimitRange.wallTime)
            } catch {
                throw ServiceError(.invalidRequest, "wait: \(error.message)")
            }
        }
    }
}
