package import Crypto
import Foundation

/// An Ed25519 key of the user's, as OpenSSL writes it: PEM of PKCS #8 or of SubjectPublicKeyInfo; RFC 8410.
package enum KeyFile {
    /// Why a text is no key that can be used.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong and what to do, in one sentence.
        package let description: String
    }

    /// The private key in a PEM text.
    ///
    /// - Throws: ``Problem``.
    package static func privateKey(_ pem: String) throws(Problem) -> Curve25519.Signing.PrivateKey {
        let make = "make one with 'openssl genpkey -algorithm ed25519'"
        if pem.contains("BEGIN ENCRYPTED PRIVATE KEY") {
            throw Problem(
                description:
                    "the key is encrypted; 'openssl pkey -in KEY' decrypts it, and --key /dev/stdin reads it"
            )
        }
        guard let bytes = body(of: pem, label: "PRIVATE KEY") else {
            throw Problem(description: "there is no private key in PEM, as PKCS #8; \(make)")
        }
        guard bytes.starts(with: privatePrefix), bytes.count == privatePrefix.count + 32,
            let key = try? Curve25519.Signing.PrivateKey(
                rawRepresentation: bytes.dropFirst(privatePrefix.count)
            )
        else { throw Problem(description: "the private key is not one of Ed25519; \(make)") }
        return key
    }

    /// The public key in a PEM text.
    ///
    /// - Throws: ``Problem``.
    package static func publicKey(_ pem: String) throws(Problem) -> Curve25519.Signing.PublicKey {
        let make = "make it with 'openssl pkey -in KEY -pubout'"
        guard let bytes = body(of: pem, label: "PUBLIC KEY") else {
            throw Problem(description: "there is no public key in PEM; \(make)")
        }
        guard bytes.starts(with: publicPrefix), bytes.count == publicPrefix.count + 32,
            let key = try? Curve25519.Signing.PublicKey(
                rawRepresentation: bytes.dropFirst(publicPrefix.count)
            )
        else { throw Problem(description: "the public key is not one of Ed25519; \(make)") }
        return key
    }

    /// A public key in PEM.
    static func pem(of key: Curve25519.Signing.PublicKey) -> String {
        let body = Data(publicPrefix + key.rawRepresentation).base64EncodedString()
        return "-----BEGIN PUBLIC KEY-----\n\(body)\n-----END PUBLIC KEY-----\n"
    }

    /// The DER of RFC 8410 around the 32 bytes of a key, which has only this one form: section 7 has the same as examples.
    private static let privatePrefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
    private static let publicPrefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    /// The bytes between the lines that name `label`; what stands around them is passed over.
    private static func body(of pem: String, label: String) -> Data? {
        let lines = pem.split(whereSeparator: \.isNewline)
        guard let start = lines.firstIndex(of: "-----BEGIN \(label)-----"),
            let end = lines[start...].firstIndex(of: "-----END \(label)-----")
        else { return nil }
        return Data(base64Encoded: lines[(start + 1)..<end].joined())
    }
}
