import Crypto
package import Foundation

/// A caller's secret: 256 random bits behind a recognisable prefix.
///
/// It is shown once, when it is made. What is kept is its SHA-256: a secret with as much chance in it needs no slow hash,
/// as nobody can try all of them.
package struct APIKey: Sendable, Hashable {
    /// What every key begins with, so that scanners for leaked secrets find it.
    package static let prefix = "sanderling_"

    /// The secret itself.
    package let secret: String

    /// A new key.
    package init() {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next() as UInt64) { Array($0) } }
        let text = Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        secret = Self.prefix + text
    }

    /// What is kept of a secret.
    package static func digest(of secret: String) -> Data { Data(SHA256.hash(data: Data(secret.utf8))) }
}

/// A key as it is kept.
package struct KeyRecord: Sendable, Hashable {
    /// What it is called in lists and when it is revoked; not secret.
    package var id: String
    /// Whose it is.
    package var caller: String
    /// What it permits.
    package var scopes: Set<Scope>
    /// What its caller may have.
    package var ceilings: CallerCeilings
    /// When it was made.
    package var createdAt: Date
    /// When it was revoked, or `nil`.
    package var revokedAt: Date?
}
