import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import SandboxModel
import Service
import ServiceHTTP

/// What the service says of itself to Judge0's clients: `/about`, `/config_info`, `/statistics`, `/workers` and the like.
///
/// `/version` is the service's own route, and stays that.
struct InformationRoutes: Sendable {
    let service: ExecutionService
    /// This program's version.
    let version: String

    /// The version of Judge0 whose routes these are; its SDK chooses its language numbers by it.
    static let protocolVersion = "1.13.1"

    func add(to group: RouterGroup<ServiceContext>) {
        group.get("about", use: about)
        group.get("isolate", use: isolate)
        group.get("license", use: license)
        group.get("config_info", use: configuration)
        group.get("system_info", use: system)
        group.get("statistics", use: statistics)
        group.get("workers", use: workers)
        group.post("authenticate", use: authenticate)
        group.post("authorize", use: authorize)
    }

    @Sendable private func about(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let answer: JSONValue = [
            "version": .string(Self.protocolVersion), "homepage": "", "source_code": "",
            "maintainer": .string("Sanderling \(version)"),
        ]
        return answer.response()
    }

    @Sendable private func isolate(_ request: Request, _ context: ServiceContext) async throws -> Response {
        Self.plain("Sanderling \(version), in the place of isolate\n")
    }

    @Sendable private func license(_ request: Request, _ context: ServiceContext) async throws -> Response {
        Self.plain("Sanderling is under the Apache License, Version 2.0\n")
    }

    @Sendable private func authenticate(_ request: Request, _ context: ServiceContext) async throws
        -> Response
    {
        _ = try context.caller
        return Response(status: .ok)
    }

    /// Whether submissions can be listed and removed: one's own, which every caller that may read and submit can.
    @Sendable private func authorize(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try context.caller.require(.read)
        try context.caller.require(.submit)
        return Response(status: .ok)
    }

    /// The limits are the caller's own.
    @Sendable private func configuration(_ request: Request, _ context: ServiceContext) async throws
        -> Response
    {
        let caller = try context.caller
        try caller.require(.read)
        let bounds = LimitBounds(of: caller, in: service)
        let own = service.configuration
        let answer: JSONValue = [
            "maintenance_mode": .bool(false),
            "enable_wait_result": .bool(true),
            "enable_compiler_options": .bool(true),
            "allowed_languages_for_compile_options": [],
            "enable_command_line_arguments": .bool(true),
            "enable_submission_delete": .bool(true),
            "enable_callbacks": .bool(!own.judge0.callbacks.isEmpty),
            "callbacks_max_tries": .integer(CallbackSender.tries),
            "callbacks_timeout": .number(CallbackSender.timeout.inSeconds),
            "enable_additional_files": .bool(true),
            "max_queue_size": .integer(own.callers.queued),
            "cpu_time_limit": .number(bounds.cpuTime.standard),
            "max_cpu_time_limit": .number(bounds.cpuTime.most),
            "cpu_extra_time": .number(bounds.cpuExtraTime.standard),
            "max_cpu_extra_time": .number(bounds.cpuExtraTime.most),
            "wall_time_limit": .number(bounds.wallTime.standard),
            "max_wall_time_limit": .number(bounds.wallTime.most),
            "memory_limit": .integer(bounds.memory.standard),
            "max_memory_limit": .integer(bounds.memory.most),
            "stack_limit": .integer(bounds.stack.standard),
            "max_stack_limit": .integer(bounds.stack.most),
            "max_processes_and_or_threads": .integer(bounds.processes.standard),
            "max_max_processes_and_or_threads": .integer(bounds.processes.most),
            "enable_per_process_and_thread_time_limit": .bool(false),
            "allow_enable_per_process_and_thread_time_limit": .bool(false),
            "enable_per_process_and_thread_memory_limit": .bool(false),
            "allow_enable_per_process_and_thread_memory_limit": .bool(false),
            "max_file_size": .integer(bounds.fileSize.standard),
            "max_max_file_size": .integer(bounds.fileSize.most),
            "number_of_runs": .integer(bounds.numberOfRuns.standard),
            "max_number_of_runs": .integer(bounds.numberOfRuns.most),
            "redirect_stderr_to_stdout": .bool(false),
            "max_extract_size": .integer(ZIPArchive.Bounds().size >> 10),
            "enable_batched_submissions": .bool(true),
            "max_submission_batch_size": .integer(SubmissionRoutes.batch),
            "submission_cache_duration": .number(0),
            "use_docs_as_homepage": .bool(false),
            "allow_enable_network": .bool(own.policy.network == .host),
            "enable_network": .bool(false),
            "disable_implicit_base64_encoding": .bool(!own.judge0.impliesBase64),
        ]
        return answer.response()
    }

    @Sendable private func system(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try context.caller.require(.read)
        #if arch(arm64)
        let architecture = "aarch64"
        #else
        let architecture = "x86_64"
        #endif
        let information = ProcessInfo.processInfo
        let answer: JSONValue = [
            "Architecture": .string(architecture),
            "CPU(s)": .string(String(information.activeProcessorCount)),
            "Mem": .string("\(information.physicalMemory >> 20)Mi"),
        ]
        return answer.response()
    }

    /// What the caller's own submissions amount to.
    @Sendable private func statistics(_ request: Request, _ context: ServiceContext) async throws -> Response
    {
        let caller = try context.caller
        return try await SubmissionStatistics(of: caller, in: service).json.response()
    }

    /// The caller's own share of the service, as one queue.
    @Sendable private func workers(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let load = try await service.load(of: try context.caller)
        let answer: JSONValue = [
            [
                "queue": .string(Self.protocolVersion), "size": .integer(load.waiting),
                "available": .integer(load.most), "idle": .integer(max(0, load.most - load.running)),
                "working": .integer(load.running), "paused": .integer(0), "failed": .integer(0),
            ]
        ]
        return answer.response()
    }

    private static func plain(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)),
        )
    }
}
