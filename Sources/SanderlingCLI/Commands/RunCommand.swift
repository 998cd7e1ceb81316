import ArgumentParser
import Languages
import Reporting
import RunClient
import SandboxModel
import Sanderling

/// `sanderling run`: one program, in a sandbox of its own.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        _superCommandName: "sanderling",
        abstract: "Run one program in a sandbox.",
        discussion: """
            The program reads your standard input and its output streams through as it comes. Arguments for \
            it follow '--'. One line on standard error says why when it did not end well.

            Examples:
              sanderling run hello.py
              sanderling run -c 'print(input().upper())' --language python <<< 'hello'
              sanderling run sort.cpp --time 5s --memory 100MB -- --reverse 3 1 2
              sanderling run plot.py --filesystem scratch --collect '*.png' --collect-to out
              sanderling run - --language bash --network loopback < script.sh
              sanderling run hello.py --format json

            Sizes: 100M and 100MB are 10^6 bytes each, 100MiB 2^20. Times: 500ms, 5s, 2m, 1h30m. \
            Nothing means 'no limit'.

            Exit codes, the same with --format json:
              the program's own; 128+n when signal n ended it
              124  a limit on time         137  any other limit
              126  against the policy      130  interrupted
              125  Sanderling refused or failed
               64  a usage mistake
              the compiler's own when compiling failed
            """,
    )

    @OptionGroup var source: ProgramOptions

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Arguments for the program, after '--'.", valueName: "args"),
    )
    var arguments: [String] = []

    @OptionGroup(title: "Input and files") var materials: MaterialOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Limits of the compiler") var compileLimits: CompileLimitOptions
    @OptionGroup(title: "Policy") var policy: PolicyOptions
    @OptionGroup var cache: CacheOptions

    @Option(help: "Form of the result; json prints one object instead of the program's output.")
    var format = OutputFormat.text

    @Flag(help: "Run it in this process, also where a running service would do so.")
    var direct = false

    @OptionGroup var logging: LoggingOptions

    mutating func validate() throws {
        guard format == .json || materials.collect.isEmpty || materials.collectTo != nil else {
            throw ValidationError(
                "--collect needs --collect-to with a directory for the files, or --format json."
            )
        }
    }

    func run() async throws {
        try await conclude {
            logging.bootstrap()
            switch format {
            case .text:
                let run = try prepared()
                return try await Interruption.cancelling { try await run.streaming() }
            case .json: return try await printingJSON()
            }
        }
    }

    /// The run that the options describe.
    func prepared() throws -> ProgramRun {
        // What it takes apart is there for sanderling-run the next time.
        let catalog = LanguageCatalog(
            directories: LanguageCatalog.standardDirectories(),
            by: DocumentStore(for: YAMLDocuments()),
        )
        let request = try ProgramRequest(source, in: catalog)
        try request.check(policy.policy.modules, in: catalog)
        return ProgramRun(
            program: try materials.completed(request.program, arguments: arguments),
            input: try materials.input(programIsOnInput: source.source == .standardInput),
            policy: policy.policy,
            limits: limits.limits,
            compileLimits: compileLimits.limits(over: request.definition.compile?.limits ?? .compileDefaults),
            collectTo: materials.collectTo,
            configuration: { [cache, policy] in
                cache.configurationForOne(in: policy.isolation ?? .namespaces)
            },
            mayUseService: !direct && !cache.isOff && policy.isolation == nil,
        )
    }

    /// Runs the program and prints its record, also that of a program that Sanderling would not or could not run.
    private func printingJSON() async throws -> Int32 {
        var language = source.language ?? ""
        let run: ProgramRun
        let record: ExecutionResult
        do {
            run = try prepared()
            language = run.program.language
            record = try await Interruption.cancelling { [run] in try await run.record() }
        } catch {
            if ExitStatus.code(for: error) == ExitStatus.failed {
                let refused = ExecutionResult(
                    refusal: error,
                    language: language,
                    policy: policy.policy,
                    limits: limits.limits,
                )
                try StandardStream.output.write(Array(ResultJSON.encode(refused)) + [0x0A])
            }
            throw error
        }
        return try run.print(record)
    }
}
