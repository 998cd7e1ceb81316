/// What each metric counts, in words.
enum MetricHelp {
    private static let texts = [
        "sanderling.executions": "Programs that have run, by language and verdict.",
        "sanderling.execution.duration": "Real time of the run stage, by language and verdict.",
        "sanderling.limits_hit": "Limits that programs have reached.",
        "sanderling.cells_taken": "Cells taken by programs, by whether one was ready and warm.",
        "sanderling.preparations_failed":
            "Cells and interpreters that could not be made ready ahead; programs begin later then.",
        "sanderling.submissions": "Submissions that were accepted.",
        "sanderling.refusals": "Requests that were refused, by reason.",
        "sanderling.queue.waiting": "Submissions that wait now.",
        "sanderling.queue.bytes": "Bytes of the submissions that wait now.",
        "sanderling.queue.time": "Time from a submission's acceptance to its start.",
        "sanderling.running": "Programs that run now.",
        "sanderling.cells_ready": "Cells that are ready now.",
        "sanderling.expired": "Submissions that were removed by age or size.",
        "sanderling.http.requests": "Requests that were answered, by route and status.",
        "sanderling.http.duration": "Time from a request's head to its answer's head, by route.",
    ]

    static func text(of label: String) -> String { texts[label] ?? "Of \(label)." }
}
