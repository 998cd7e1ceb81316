import Catalogue
import RunClient
import SandboxModel

/// A look at whether a receipt is what the owner of a key has signed.
struct ReceiptCheck {
    let receipt: String
    let publicKey: String

    /// Checks the signature, says what it vouches for, and returns the command's exit code.
    ///
    /// What is said comes from the bytes that were signed; a receipt that attacks got through is signed as well as any.
    func run(as format: OutputFormat) throws -> Int32 {
        let key = try ReceiptKeys.publicKey(at: publicKey)
        let text = try HostFile(path: receipt).contents
        let verified: Receipt
        do throws(SignedReceipt.Problem) {
            verified = try SignedReceipt.verify(text, with: key)
        } catch {
            StandardStream.error.tell("sanderling: \(receipt.quoted): \(error)".onOneLine)
            return ExitStatus.unmet
        }
        switch format {
        case .json: try StandardStream.output.write(try jsonText(verified.counts))
        case .text:
            let tally = verified.counts.total
            let known = tally.known == 0 ? "" : " (\(tally.known) as SECURITY.md says)"
            let line =
                "The signature holds: Sanderling \(verified.sanderling) on \(verified.host.name), "
                + "Linux \(verified.kernel), \(verified.startedAt): \(tally.cases.of("attack")), "
                + "\(tally.contained) contained, \(tally.notContained) not\(known), \(tally.skipped) skipped."
            try StandardStream.output.write(line.onOneLine + "\n")
        }
        return 0
    }
}
