import Catalogue
import Crypto
import SandboxModel

/// The user's keys, from the files that hold them.
enum ReceiptKeys {
    /// The private key in a file.
    static func privateKey(at path: String) throws(Mistake) -> Curve25519.Signing.PrivateKey {
        let text = String(decoding: try HostFile(path: path).contents, as: UTF8.self)
        do {
            return try KeyFile.privateKey(text)
        } catch {
            throw Mistake("\(path.quoted): \(error)")
        }
    }

    /// The public key in a file.
    static func publicKey(at path: String) throws(Mistake) -> Curve25519.Signing.PublicKey {
        let text = String(decoding: try HostFile(path: path).contents, as: UTF8.self)
        do {
            return try KeyFile.publicKey(text)
        } catch {
            throw Mistake("\(path.quoted): \(error)")
        }
    }
}
