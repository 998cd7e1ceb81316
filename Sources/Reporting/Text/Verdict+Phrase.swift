import SandboxModel

extension Verdict {
    /// The verdict in words: `wall time exceeded`.
    var phrase: String { rawValue.replacing("_", with: " ") }
}

extension ExecutionResult {
    /// How the main process ended, in words.
    var ending: String {
        switch termination {
        case .exited(let code): "exit code \(code)"
        case .signaled(let number): "\(signalName(number)) (signal \(number))"
        case nil: "never started"
        }
    }
}

extension Evidence {
    /// What was read and who vouches for it, on one line.
    var phrase: String { "\(source): \(value) (attested by \(attestedBy.rawValue))" }
}

extension Violation {
    /// What was tried, as it would be written: `socket(AF_NETLINK, SOCK_RAW) × 3`.
    package var phrase: String {
        let attempt =
            switch kind {
            case .systemCall: "\(name)(\(arguments.joined(separator: ", ")))"
            case .module: "import \(([name] + arguments).joined(separator: " "))"
            }
        return count > 1 ? "\(attempt) × \(count)" : attempt
    }
}
