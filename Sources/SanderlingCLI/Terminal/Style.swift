import SandboxModel

/// How text is emphasised; ECMA-48 attributes on a terminal, nothing anywhere else.
struct Style: Sendable {
    let isColored: Bool

    /// No emphasis at all.
    static let plain = Style(isColored: false)

    init(isColored: Bool) { self.isColored = isColored }

    /// The style that suits a stream.
    init(for stream: StandardStream) { isColored = stream.takesColor }

    func bold(_ text: String) -> String { emphasised(text, 1) }
    func dim(_ text: String) -> String { emphasised(text, 2) }
    func red(_ text: String) -> String { emphasised(text, 31) }
    func green(_ text: String) -> String { emphasised(text, 32) }
    func yellow(_ text: String) -> String { emphasised(text, 33) }

    /// A verdict in the colour of what it means.
    func verdict(_ verdict: Verdict, _ text: String? = nil) -> String {
        let text = text ?? verdict.rawValue
        return switch verdict {
        case .ok: green(text)
        case .cancelled, .internalError: yellow(text)
        default: red(text)
        }
    }

    private func emphasised(_ text: String, _ attribute: Int) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(attribute)m\(text)\u{1B}[0m" : text
    }
}
