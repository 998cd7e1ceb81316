package import Crypto
import Foundation

/// A receipt's JSON, with a signature when its maker has given a key.
///
/// Signed are the canonical bytes of everything but `signature`: one line of compact JSON with sorted keys, and a line feed.
package struct SignedReceipt: Sendable {
    /// The JSON, indented.
    package let text: [UInt8]

    /// The JSON of `receipt`, signed with `key` where there is one.
    package init(_ receipt: Receipt, key: Curve25519.Signing.PrivateKey? = nil) throws {
        var tree = try JSONTree(Array(try JSONEncoder().encode(receipt)))
        if let key {
            let signature = try key.signature(for: try tree.canonical)
            tree["signature"] = .object([
                "algorithm": .string("Ed25519"),
                "public_key": .string(KeyFile.pem(of: key.publicKey)),
                "value": .string(signature.base64EncodedString()),
            ])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        text = Array(try encoder.encode(tree)) + [0x0A]
    }

    /// Why a receipt's signature does not hold.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong, in one sentence.
        package let description: String
    }

    /// The receipt in a JSON text, when `key`'s owner has signed all of it.
    ///
    /// - Throws: ``Problem``.
    package static func verify(
        _ text: [UInt8],
        with key: Curve25519.Signing.PublicKey,
    ) throws(Problem) -> Receipt {
        guard var tree = try? JSONTree(text), let signature = tree["signature"] else {
            throw Problem(description: "it is no JSON with a signature")
        }
        tree["signature"] = nil
        guard signature["algorithm"]?.text == "Ed25519", let value = signature["value"]?.text,
            let bytes = Data(base64Encoded: value), let canonical = try? tree.canonical
        else { throw Problem(description: "its signature is not in a form that is known") }
        guard key.isValidSignature(bytes, for: canonical) else {
            let signer = signature["public_key"]?.text
            let isOther = signer != nil && signer != KeyFile.pem(of: key)
            throw Problem(
                description: isOther
                    ? "it was signed with another key"
                    : "its signature does not hold: it was changed, or its maker does not own this key"
            )
        }
        // Read from what was signed, and not from the text, in which a key could stand twice.
        guard let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(canonical)) else {
            throw Problem(description: "it is signed, but no receipt of this version of Sanderling")
        }
        return receipt
    }
}
