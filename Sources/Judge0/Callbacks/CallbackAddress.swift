import Foundation
import Service

/// Where a callback goes: an `http` or `https` URL without user or fragment.
struct CallbackAddress: Sendable, Hashable {
    /// The URL as it was given.
    let text: String
    /// Whether it is called by HTTPS.
    let isSecure: Bool
    let host: CallbackHost
    /// The path with its query; `/` when it has none.
    let target: String
    /// The host and port as the request names them.
    let authority: String

    /// Reads a URL, or returns `nil` when it is another kind of one.
    init?(_ text: String) {
        let isVisible = text.utf8.allSatisfy { (33...126).contains($0) }
        guard isVisible, text.utf8.count <= 2_000, let url = URLComponents(string: text),
            let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            url.user == nil, url.password == nil, url.fragment == nil, let name = url.host, !name.isEmpty
        else { return nil }
        isSecure = scheme == "https"
        let standardPort = isSecure ? 443 : 80
        let port = url.port ?? standardPort
        let bare = name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : name
        let shown = bare.contains(":") ? "[\(bare)]" : bare
        guard let host = CallbackHost("\(shown):\(port)") else { return nil }
        let path = url.percentEncodedPath
        self.text = text
        self.host = host
        target = (path.isEmpty ? "/" : path) + (url.percentEncodedQuery.map { "?\($0)" } ?? "")
        authority = port == standardPort ? shown : "\(shown):\(port)"
    }
}
