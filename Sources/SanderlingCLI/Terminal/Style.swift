import RunClient
import SandboxModel

/// How text is emphasised; ECMA-48 attributes on a terminal, nothing anywhere else.
struct Style: Sendable {
    let isColored: Bool

    /// No emphasis at all.
    static let plain = Style(isColored: false)

    init(isColored: Bool) { self.isColored = isColored }

    /// The style that suits a stream.
    init(for stream: StandardStream) { isColored = stream.takesColor }

    /// One way to emphasise, by the number of its attribute.
    enum Emphasis: Int {
        case none = 0
        case bold = 1
        case dim = 2
        case red = 31
        case green = 32
        case yellow = 33
    }

    /// The text, emphasised.
    func emphasised(_ text: String, _ emphasis: Emphasis) -> String {
        guard isColored, !text.isEmpty, emphasis != .none else { return text }
        return "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m"
    }

    func bold(_ text: String) -> String { emphasised(text, .bold) }
    func dim(_ text: String) -> String { emphasised(text, .dim) }
    func red(_ text: String) -> String { emphasised(text, .red) }
    func green(_ text: String) -> String { emphasised(text, .green) }
    func yellow(_ text: String) -> String { emphasised(text, .yellow) }

    /// A verdict in the colour of what it means.
    func verdict(_ verdict: Verdict) -> String { emphasised(verdict.rawValue, verdict.emphasis) }
}

extension Verdict {
    /// The emphasis that suits what the verdict means.
    var emphasis: Style.Emphasis {
        switch self {
        case .ok: .green
        case .cancelled, .internalError: .yellow
        default: .red
        }
    }
}
