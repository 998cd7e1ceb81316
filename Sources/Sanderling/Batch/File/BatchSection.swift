import SandboxModel

/// A mapping of the batch file and the keys it may have.
struct BatchSection {
    /// What it is called in messages.
    let name: String
    /// Its keys.
    let keys: [String]

    static let file = BatchSection(name: "the file", keys: ["execution", "sandbox", "output", "logging"])
    static let execution = BatchSection(
        name: "execution",
        keys: ["default_timeout", "code_samples"] + limits,
    )
    static let sample = BatchSection(
        name: "a sample",
        keys: [
            "description", "code", "file", "language", "stdin", "args", "env", "files", "collect", "timeout",
            "sandbox", "expect", "audit", "optional",
        ] + limits,
    )
    static let sandbox = BatchSection(
        name: "sandbox",
        keys: [
            "allow_network", "allow_filesystem", "restricted_modules", "allowed_modules", "mounts",
            "allow_missing", "isolation", "audit",
        ],
    )
    static let mount = BatchSection(name: "a mount", keys: ["source", "destination", "writable"])
    static let programFile = BatchSection(
        name: "a file",
        keys: ["path", "content", "source", "executable"],
    )
    static let expect = BatchSection(name: "expect", keys: ["stdout", "exit_code", "verdict"])
    static let output = BatchSection(
        name: "output",
        keys: ["format", "file", "html", "include_execution_details"],
    )
    static let logging = BatchSection(name: "logging", keys: ["level", "file"])

    /// Limits that the file and a sample spell alike.
    private static let limits = [
        "cpu_time", "max_cpu", "max_memory", "max_processes", "max_output", "output_overflow", "max_disk",
        "max_file_size", "max_open_files", "max_stack",
    ]

    /// What to say about a key that this mapping does not have.
    func unknown(_ key: String) -> String {
        let message = "unknown key \(key.quoted)"
        if let near = Spelling.nearest(to: key, among: keys) { return "\(message), did you mean '\(near)'?" }
        let sections: [BatchSection] = [.execution, .sandbox, .output, .logging, .sample]
        if let home = sections.first(where: { $0.keys.contains(key) }) {
            return "\(message) in \(name); it belongs in \(home.name)"
        }
        return "\(message) in \(name); known are \(keys.joined(separator: ", "))"
    }
}
