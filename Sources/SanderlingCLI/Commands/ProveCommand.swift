import ArgumentParser
import Catalogue
import RunClient
import SandboxModel

/// `sanderling prove`: attacks on this host's own walls, and a receipt.
struct ProveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Run a catalogue of hostile programs against this host's walls, and give a receipt.",
        discussion: """
            Every attack runs in a sandbox as any program does, cold and with everything ready, and is judged from the \
            host's side: a secret, a file that anyone may write, a process and listeners of yours are its bait. No wall is \
            lowered for it. docs/prove.md describes the catalogue and the receipt; a run takes some minutes.

            Examples:
              sanderling prove
              sanderling prove --class network --class mounts
              sanderling prove --case proc-1-root --path cold
              sanderling prove --output receipt.json --key key.pem
              sanderling prove --verify receipt.json --public-key public.pem

            Exit codes: 0 when every attack was contained but those that SECURITY.md lists, 1 when another was not or none \
            was, or a signature does not hold, 125 when Sanderling refused or failed, 130 when interrupted, 64 for a usage mistake.
            """,
    )

    @OptionGroup var selection: AttackSelection

    @Option(
        name: .customLong("path"),
        help: ArgumentHelp(
            "Try this way into the sandbox: cold, with nothing ready; warm, with all ready. (default: both)",
            valueName: "path",
        ),
    )
    var paths: [ProvePath] = []

    @Option(
        help: ArgumentHelp(
            "What keeps the attacks in; those whose walls it does not have are skipped. (default: namespaces)",
            valueName: "kind",
        )
    )
    var isolation: IsolationKind?

    @Option(
        name: [.customShort("j"), .long],
        parsing: .unconditional,
        help: ArgumentHelp("Attacks that run at once. (default: the processors)", valueName: "count"),
        transform: { try Int(quantity: $0, within: 1...64) },
    )
    var concurrency: Int?

    @Option(help: "Form of the receipt on standard output.")
    var format = OutputFormat.text

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the receipt as JSON here.", valueName: "path"),
        completion: .file(),
    )
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Sign the receipt's JSON with this Ed25519 private key, in PEM.",
            valueName: "file",
        ),
        completion: .file(),
    )
    var key: String?

    @Flag(help: "List the attacks, and run none.")
    var list = false

    @Option(
        help: ArgumentHelp("Check the signature of this receipt, and run nothing.", valueName: "receipt"),
        completion: .file(extensions: ["json"]),
    )
    var verify: String?

    @Option(
        help: ArgumentHelp("The Ed25519 public key that --verify checks with, in PEM.", valueName: "file"),
        completion: .file(),
    )
    var publicKey: String?

    @OptionGroup var logging: LoggingOptions

    mutating func validate() throws {
        guard (verify == nil) == (publicKey == nil) else {
            throw ValidationError(
                "--verify and --public-key go together: the receipt, and whose it should be."
            )
        }
        let possible = ProvePath.paths(into: isolation ?? .namespaces)
        guard paths.allSatisfy(possible.contains) else {
            let kind = isolation?.rawValue ?? ""
            throw ValidationError("With --isolation \(kind) nothing is made ready: leave --path warm out.")
        }
        if case .oci(let runtime) = isolation, runtime.hasOwnKernel {
            throw ValidationError(
                "The attacks are on the host's kernel, which --isolation oci:\(runtime.rawValue) shows to no program."
            )
        }
        let runs = !list && verify == nil
        guard runs || (key == nil && output == nil) else {
            throw ValidationError("--key and --output are for a run, which --list and --verify are not.")
        }
        guard key == nil || format == .json || output != nil else {
            throw ValidationError(
                "A signature is a part of the JSON: give --output PATH or --format json too."
            )
        }
    }

    func run() async throws {
        try await conclude {
            logging.bootstrap()
            if let verify, let publicKey {
                return try ReceiptCheck(receipt: verify, publicKey: publicKey).run(as: format)
            }
            let attacks = try selection.attacks(of: Catalogue())
            guard !list else { return try show(attacks) }
            let session = ProveSession(
                attacks: attacks,
                paths: ProvePath.paths(into: isolation ?? .namespaces)
                    .filter { paths.isEmpty || paths.contains($0) },
                concurrency: concurrency,
                isolation: isolation ?? .namespaces,
                format: format,
                destination: try ReceiptDestination(output),
                key: try key.map { path in try ReceiptKeys.privateKey(at: path) },
                isVerbose: logging.verbose,
            )
            return try await Interruption.cancelling { try await session.run() }
        }
    }

    private func show(_ attacks: [AttackCase]) throws -> Int32 {
        switch format {
        case .json: try StandardStream.output.write(try jsonText(attacks.map(AttackRecord.init)))
        case .text:
            let lines = AttackList(attacks, style: Style(for: .output)).lines
            try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
        }
        return 0
    }
}
