import Places
package import SandboxModel

/// Everything an operator decides about the service.
///
/// ``Setting`` lists the keys by which it is read; `docs/service.md` describes them one by one.
package struct ServiceConfiguration: Sendable, Hashable {
    /// Where and how the service listens.
    package var http = HTTP()
    /// The certificate of HTTPS, or `nil` for HTTP.
    package var tls: TLS?
    /// Where `sanderling run` finds the service.
    package var socket = Socket()
    /// The directory that holds the database and the audit log; made when it is not there.
    package var dataDirectory = Self.standardDataDirectory()
    /// What is kept, and for how long.
    package var store = Store()
    /// What waits and what runs.
    package var queue = Queue()
    /// What one caller may have.
    package var callers = Callers()
    /// The most that a submission's run stage can be given, whatever it asks for.
    package var ceilings = Limits(
        wallTime: .seconds(60),
        cpuTime: .seconds(60),
        memory: .megabytes(1_000),
        processes: 128,
        output: .megabytes(4),
        disk: .megabytes(256),
        fileSize: .megabytes(256),
        openFiles: 1_024,
        stack: .mebibytes(64),
    )
    /// The most that a submission's compile stage can be given.
    package var compileCeilings = Limits.compileDefaults
    /// What programs may reach.
    package var policy = PolicyBounds()
    /// What the one sandbox behind the service keeps ready.
    package var sandbox = ReadyCells()
    /// What clients of Judge0 may have.
    package var judge0 = Judge0()
    /// How long running programs may go on once the service is asked to stop; then they are handed back.
    ///
    /// Default: 30 seconds.
    package var shutdownGrace: Duration = .seconds(30)
    /// Secret with which `/metrics` can be read without a key; `nil` asks for an admin's key.
    package var metricsToken: String?

    /// The defaults.
    package init() {}
}

extension ServiceConfiguration {
    /// Where and how the service listens.
    package struct HTTP: Sendable, Hashable {
        /// Name or address to listen on; without keys only a loopback one is accepted.
        package var host = "127.0.0.1"
        /// TCP port; 0 lets the system choose.
        package var port = 8080
        /// Bytes of one request's body.
        package var bodySize: ByteCount = .megabytes(8)
        /// Bytes of all header fields of one request.
        package var headerSize: ByteCount = .bytes(16 << 10)
        /// Time in which a request's body must have come.
        package var bodyTime: Duration = .seconds(30)
        /// Time after which a connection without a request is closed.
        package var idleTime: Duration = .seconds(60)
        /// Connections open at once; further ones wait in the listen queue.
        package var connections = 1_024
        /// The longest a request waits for an execution to end.
        package var waitTime: Duration = .seconds(60)
        /// Names that requests may give as their Host beside loopback ones; needed only without keys or behind a proxy.
        package var hosts: [String] = []
        /// Origins of web pages that may call; CORS is off without.
        package var origins: [String] = []
    }

    /// The socket of this machine by which `sanderling run` uses what the service keeps ready.
    package struct Socket: Sendable, Hashable {
        /// Its path, from the data directory on; empty for no socket.
        package var path = ServiceSocket.fileName
        /// The group whose members may run programs by it; without, the service's own user and root alone.
        package var group = ""
    }

    /// A certificate with its key.
    package struct TLS: Sendable, Hashable {
        /// Path of the certificate chain in PEM form, the server's own first.
        package var certificate: String
        /// Path of its private key in PEM form.
        package var privateKey: String
    }

    /// What is kept, and for how long.
    package struct Store: Sendable, Hashable {
        /// How long a finished submission is kept.
        package var age: Duration = .seconds(30 * 86_400)
        /// Bytes of all submissions, results and files; the oldest finished ones go first.
        package var size: ByteCount = .megabytes(10_000)
        /// What becomes of a submission that ran when the service was killed.
        package var recovery = Recovery.rerun
    }

    /// What becomes of a submission that ran when the service was killed.
    package enum Recovery: String, Sendable, Hashable, CaseIterable {
        /// It runs again, up to three times; then it is reported as interrupted.
        case rerun
        /// It is reported as interrupted.
        case report
    }

    /// What waits and what runs.
    package struct Queue: Sendable, Hashable {
        /// Submissions that wait, of all callers together; beyond that they are refused with 503.
        package var length = 20_000
        /// Bytes of all that wait.
        package var memory: ByteCount = .megabytes(256)
        /// Programs that run at once.
        package var concurrency = 2 * HostProcessors.count
        /// Executions in one batch.
        package var batch = 1_000
    }

    /// What one caller may have, unless its key says less.
    package struct Callers: Sendable, Hashable {
        /// Programs of one caller that run at once; further ones wait.
        package var concurrency = 2 * HostProcessors.count
        /// Submissions of one caller that wait; beyond that they are refused with 429.
        package var queued = 10_000
        /// Submissions of one caller a minute, on the average of what its burst allows; beyond that 429.
        package var rate = 60_000
        /// Submissions at once, before the rate tells.
        package var burst = 10_000
    }

    /// What clients of Judge0 may have.
    package struct Judge0: Sendable, Hashable {
        /// Who may be told of submissions that end, as `HOST:PORT`; nobody without.
        package var callbacks: [String] = []
        /// Whether text is base64 where a request does not say; either way it can say so.
        package var impliesBase64 = false
    }

    /// What programs may reach at the most.
    package struct PolicyBounds: Sendable, Hashable {
        /// The most of a network that can be asked for.
        package var network = NetworkAccess.loopback
        /// Layers that this host may lack; results then say so.
        package var allowMissing: [Layer] = []
    }

    /// What the sandbox keeps ready ahead of need.
    package struct ReadyCells: Sendable, Hashable {
        /// Cells at the most.
        package var cells = 16
        /// What they may take of memory.
        package var memory: ByteCount = .megabytes(128)
    }
}
