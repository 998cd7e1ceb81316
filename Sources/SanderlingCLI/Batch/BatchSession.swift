import Foundation
import LinuxKernel
import Logging
import Reporting
import RunClient
import SandboxModel
import Sanderling

/// One run of a batch, from the host's consent to the last report.
struct BatchSession: Sendable {
    let samples: [BatchSample]
    let destinations: BatchDestinations
    let includesDetails: Bool
    let jobs: Int
    let repeats: Int
    let earlier: EarlierResults?
    let format: OutputFormat
    let isQuiet: Bool
    let isVerbose: Bool
    let configuration: Sandbox.Configuration

    private var logger: Logger { Logger(label: "sanderling.batch") }

    /// Runs the batch and returns the command's exit code.
    func run() async throws -> Int32 {
        let temporary = try destinations.reportFile == nil && needsReport ? TemporaryReport() : nil
        let path = destinations.reportFile ?? temporary?.path
        let summary: BatchSummary
        do {
            summary = try await withSandbox(configuration) { sandbox in
                // Before the report is begun, which takes the place of what a killed run has left.
                let skipped = try await sandbox.check(samples)
                return try await execute(on: sandbox, without: skipped, report: path)
            }
        } catch {
            logger.critical("batch ended", error: error)
            throw error
        }
        try tell(summary, report: path)
        guard !summary.interrupted else { return ExitStatus.interrupted }
        return summary.allPassed ? 0 : ExitStatus.unmet
    }

    private var needsReport: Bool {
        format == .json || destinations.json != nil || !destinations.others.isEmpty
    }

    private func execute(
        on sandbox: Sandbox,
        without skipped: [SkippedSample],
        report path: String?,
    ) async throws -> BatchSummary {
        let total = samples.count - skipped.count
        let writer = try path.map { try BatchReportWriter(path: $0, total: total, skipped: skipped) }
        for sample in skipped { log(sample) }
        let progress = ProgressLine(BatchProgress(total: total), isShown: showsProgress)
        let ticking = Task { await progress.tick() }
        defer {
            ticking.cancel()
            progress.end()
        }
        logger.info("batch started", metadata: ["samples": "\(total)", "jobs": "\(jobs)"])
        let runner = BatchRunner(jobs: jobs, repeats: repeats)
        let summary = try await runner.run(
            samples,
            on: sandbox,
            recorded: { [earlier] hash in try await earlier?.result(of: hash) },
            observe: { event in
                progress.observe(event)
                log(event)
            },
            deliver: { sample in
                try writer?.append(sample)
                do {
                    try progress.aside { try show(sample) }
                } catch let failure where ExitStatus.code(for: failure) == ExitStatus.readerGone {
                    // As after Ctrl-C: what runs is stopped, and the report is finished. The summary will not be
                    // read either, and writing it gives the command its exit code.
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            },
        )
        try writer?.finish(summary: summary)
        logger.info(
            "batch finished",
            metadata: [
                "passed": "\(summary.passed)", "failed": "\(summary.failed)",
                "interrupted": "\(summary.interrupted)", "wall_time": "\(summary.wallTime.inSeconds)",
            ],
        )
        return summary
    }

    // MARK: Telling

    private var showsProgress: Bool { StandardStream.error.isTerminal && !isQuiet && !isVerbose }

    private func show(_ sample: SampleResult) throws(KernelError) {
        guard format == .text, !isQuiet else { return }
        let text = SampleText(
            sample,
            total: samples.count,
            isReported: destinations.json != nil || !destinations.others.isEmpty,
            style: Style(for: .output),
        )
        try StandardStream.output.write(text.lines.joined(separator: "\n") + "\n\n")
    }

    private func tell(_ summary: BatchSummary, report path: String?) throws {
        var written: [(form: String, path: String)] = []
        if let path {
            if let json = destinations.json {
                if json.destination.file == nil { try BatchReports.copy(path, to: json.destination) }
                written.append(("JSON", json.path))
            }
            if !destinations.others.isEmpty {
                let reader = try BatchReportReader(path: path)
                for (form, place) in destinations.others {
                    try BatchReports.write(form, to: place.destination, summary: summary, from: reader)
                    written.append((form.title, place.path))
                }
            }
            for report in written {
                logger.info(
                    "report written",
                    metadata: ["form": "\(report.form)", "path": "\(report.path)"],
                )
            }
            if format == .json { try copy(path) }
        }
        guard format == .text else { return }
        let text = SummaryText(summary, reports: written, style: Style(for: .output))
        try StandardStream.output.write(text.lines.joined(separator: "\n") + "\n")
    }

    private func copy(_ path: String) throws(KernelError) {
        let file = try File.open(path, O_RDONLY)
        while case let part = try File.read(file), !part.isEmpty { try StandardStream.output.write(part) }
    }

    private func log(_ sample: SkippedSample) {
        logger.info(
            "sample left out",
            metadata: [
                "sample": "\(sample.index)", "description": "\(sample.description)",
                "reason": "\(sample.reason)",
            ],
        )
    }

    private func log(_ event: BatchEvent) {
        switch event {
        case .sampleStarted(let index, let description):
            logger.debug(
                "sample started",
                metadata: ["sample": "\(index)", "description": "\(description)"],
            )
        case .sampleFinished(let sample):
            var metadata = sample.result.logMetadata
            metadata["sample"] = "\(sample.index)"
            metadata["description"] = "\(sample.description)"
            metadata["resumed"] = "\(sample.resumed)"
            guard !sample.passed else { return logger.info("sample passed", metadata: metadata) }
            metadata["reasons"] = "\(sample.expectationFailures.joined(separator: "; "))"
            logger.warning("sample failed", metadata: metadata)
        }
    }
}

extension ReportFormat {
    /// The format's name for people.
    fileprivate var title: String {
        switch self {
        case .html, .csv, .sarif: rawValue.uppercased()
        case .junit: "JUnit"
        case .markdown: "Markdown"
        }
    }
}
