import SandboxModel

extension Setting {
    /// Every setting, in the order in which they are documented.
    package static let all: [Self] =
        listening + keeping + queueing + ceilings + compileCeilings + sandboxing + judge0

    private static let day: Duration = .seconds(86_400)
    private static let request: ClosedRange<Duration> = .milliseconds(100)...(.seconds(3_600))

    private static let listening: [Self] = [
        .text(
            "http.host",
            \.http.host,
            "Name or address to listen on; without keys only a loopback one is accepted.",
        ),
        .count("http.port", \.http.port, 0...65_535, "TCP port; 0 lets the system choose."),
        .size(
            "http.body",
            \.http.bodySize,
            .bytes(1_024)...(.mebibytes(1_024)),
            "Bytes of one request's body.",
        ),
        .size(
            "http.headers",
            \.http.headerSize,
            .bytes(1_024)...(.mebibytes(1)),
            "Bytes of all header fields of one request.",
        ),
        .time("http.body_time", \.http.bodyTime, request, "Time in which a request's body must have come."),
        .time(
            "http.idle_time",
            \.http.idleTime,
            request,
            "Time after which a connection without a request is closed.",
        ),
        .count("http.connections", \.http.connections, 1...1_000_000, "Connections open at once."),
        .time(
            "http.wait",
            \.http.waitTime,
            request,
            "The longest that a request waits for an execution to end.",
        ),
        .list(
            "http.hosts",
            \.http.hosts,
            "Names that requests may give as their Host; without keys, beside the loopback ones.",
        ),
        .list(
            "http.origins",
            \.http.origins,
            "Origins of web pages that may call (CORS), as `https://example.org`.",
        ),
        .part("tls.certificate", "Path of the certificate chain in PEM form; needs `tls.private_key`.") {
            $1.tls = ServiceConfiguration.TLS(certificate: $0, privateKey: $1.tls?.privateKey ?? "")
        },
        .part("tls.private_key", "Path of the certificate's private key in PEM form.") {
            $1.tls = ServiceConfiguration.TLS(certificate: $1.tls?.certificate ?? "", privateKey: $0)
        },
        .text(
            "socket.path",
            \.socket.path,
            "Socket for `sanderling run` on this machine, from the data directory on; empty for none.",
            mayBeEmpty: true,
        ),
        .group("socket.group", \.socket.group, "Group whose members may run programs by that socket."),
        .secret("metrics.token", \.metricsToken, "Bearer token that can read `/metrics` without a key."),
    ]

    private static let keeping: [Self] = [
        .text("data", \.dataDirectory, "Directory of the database and the audit log, made with mode 0700."),
        .time("store.age", \.store.age, .seconds(60)...(day * 3_660), "How long what has ended is kept."),
        .size(
            "store.size",
            \.store.size,
            .megabytes(1)...(.mebibytes(16 << 20)),
            "Bytes of all that is kept; what ended first goes first.",
        ),
        .choice(
            "store.recovery",
            \.store.recovery,
            "What becomes of a program that ran when the service was killed: `rerun`, or `report` it as interrupted.",
        ),
    ]

    private static let queueing: [Self] = [
        .count("queue.length", \.queue.length, 1...10_000_000, "Submissions that wait; beyond that 503."),
        .size(
            "queue.memory",
            \.queue.memory,
            .megabytes(1)...(.mebibytes(1 << 20)),
            "Bytes of all that wait.",
        ),
        .count(
            "queue.concurrency",
            \.queue.concurrency,
            1...4_096,
            "Programs that run at once. Twice the processors.",
        ),
        .count("queue.batch", \.queue.batch, 1...100_000, "Executions in one batch."),
        .count(
            "callers.concurrency",
            \.callers.concurrency,
            1...4_096,
            "Programs of one caller that run at once; further ones wait. Twice the processors.",
        ),
        .count(
            "callers.queued",
            \.callers.queued,
            1...10_000_000,
            "Submissions of one caller that wait; beyond that 429.",
        ),
        .count(
            "callers.rate",
            \.callers.rate,
            1...100_000_000,
            "Submissions of one caller a minute; beyond that 429.",
        ),
        .count(
            "callers.burst",
            \.callers.burst,
            1...10_000_000,
            "Submissions of one caller at once, before its rate tells.",
        ),
        .time(
            "shutdown.grace",
            \.shutdownGrace,
            .milliseconds(1)...day,
            "Time to finish in when the service is asked to stop.",
        ),
    ]

    private static let ceilings: [Self] = [
        .time("limits.wall_time", \.ceilings.wallTime, LimitRange.wallTime, "Most real time of a program."),
        .time(
            "limits.cpu_time",
            \.ceilings.cpuTime,
            LimitRange.cpuTime,
            "Most processor time of a program.",
        ),
        .size("limits.memory", \.ceilings.memory, LimitRange.memory, "Most memory of a program."),
        .count(
            "limits.processes",
            \.ceilings.processes,
            LimitRange.processes,
            "Most processes and threads of a program.",
        ),
        .size("limits.output", \.ceilings.output, LimitRange.output, "Most bytes of each output stream."),
        .size(
            "limits.disk",
            \.ceilings.disk,
            LimitRange.disk,
            "Most bytes in all files that a program writes.",
        ),
        .size("limits.file_size", \.ceilings.fileSize, LimitRange.fileSize, "Most bytes in one file."),
        .count(
            "limits.open_files",
            \.ceilings.openFiles,
            LimitRange.openFiles,
            "Most descriptors of a process.",
        ),
        .size("limits.stack", \.ceilings.stack, LimitRange.stack, "Most bytes of the main thread's stack."),
    ]

    private static let compileCeilings: [Self] = [
        .time(
            "compile.wall_time",
            \.compileCeilings.wallTime,
            LimitRange.wallTime,
            "Most real time of a compiler.",
        ),
        .time(
            "compile.cpu_time",
            \.compileCeilings.cpuTime,
            LimitRange.cpuTime,
            "Most processor time of a compiler.",
        ),
        .size("compile.memory", \.compileCeilings.memory, LimitRange.memory, "Most memory of a compiler."),
    ]

    private static let judge0: [Self] = [
        .list(
            "judge0.callbacks",
            \.judge0.callbacks,
            "Who Judge0's `callback_url` may name, as `HOST:PORT`; without any, callbacks are refused.",
        ),
        .flag(
            "judge0.implied_base64",
            \.judge0.impliesBase64,
            "Whether a request to Judge0's routes means base64 unless it says `base64_encoded=false`.",
        ),
    ]

    private static let sandboxing: [Self] = [
        .choice(
            "policy.network",
            \.policy.network,
            "The most of a network that a program can ask for: `none`, `loopback`, or `host`, the host's own.",
        ),
        .choices(
            "policy.allow_missing",
            \.policy.allowMissing,
            "Layers that this host may lack; results then say so.",
        ),
        .count(
            "sandbox.ready_cells",
            \.sandbox.cells,
            0...4_096,
            "Cells kept ready ahead of need; 0 keeps none.",
        ),
        .size(
            "sandbox.ready_memory",
            \.sandbox.memory,
            .megabytes(1)...(.mebibytes(1 << 20)),
            "Memory that ready cells may take.",
        ),
    ]
}
