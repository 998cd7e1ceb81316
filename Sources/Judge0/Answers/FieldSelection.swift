import Service

/// Which fields of submissions a client asks for.
struct FieldSelection: Sendable, Hashable {
    let names: [String]

    /// What is shown without asking: Judge0's fields, and ours in one.
    static let standard = FieldSelection(
        names: [
            "token", "time", "memory", "stdout", "stderr", "compile_output", "message", "status",
            "sanderling",
        ]
    )
    /// What a callback tells.
    static let callback = standard

    /// The fields of `*`: those of Judge0 1.13.1, as its SDK takes no others.
    private static let universal = [
        "source_code", "language_id", "stdin", "expected_output", "stdout", "status_id", "created_at",
        "finished_at", "time", "memory", "stderr", "token", "number_of_runs", "cpu_time_limit",
        "cpu_extra_time",
        "wall_time_limit", "memory_limit", "stack_limit", "max_processes_and_or_threads",
        "enable_per_process_and_thread_time_limit", "enable_per_process_and_thread_memory_limit",
        "max_file_size", "compile_output", "exit_code", "exit_signal", "message", "wall_time",
        "compiler_options", "command_line_arguments", "redirect_stderr_to_stdout", "callback_url",
        "additional_files", "enable_network", "status", "language",
    ]
    /// What is shown only when it is named.
    private static let further = [
        "started_at", "queued_at", "updated_at", "queue_host", "execution_host", "sanderling",
    ]

    private init(names: [String]) { self.names = names }

    /// The fields of a query: names with commas, `*` for all.
    ///
    /// - Throws: ``/Service/ServiceError`` of code `invalidRequest` that lists those there are not.
    init(_ text: String?) throws(ServiceError) {
        let words = (text ?? "").split(separator: ",").map(String.init)
        guard !words.isEmpty else {
            self = .standard
            return
        }
        let unknown = words.filter { $0 != "*" && !(Self.universal + Self.further).contains($0) }
        guard unknown.isEmpty else {
            throw ServiceError(.invalidRequest, "invalid fields: [\(unknown.joined(separator: ", "))]")
        }
        let named = words.filter { $0 != "*" }
        let all = words.contains("*") ? Self.universal + named.filter { !Self.universal.contains($0) } : named
        var seen: Set<String> = []
        names = all.filter { seen.insert($0).inserted }
    }
}
