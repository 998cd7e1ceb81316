public import SandboxModel

/// Whether this host has an OCI runtime, and whether that can run a program here.
public struct RuntimeReport: Sendable, Hashable {
    /// The runtime.
    public let runtime: OCIRuntime
    /// Its path on the host; `nil` where it is not installed, or not to be trusted.
    public let path: String?
    /// Whether it ran a program that does nothing.
    public let isUsable: Bool
    /// Why not, in a sentence; `nil` where it did.
    public let problem: String?
    /// What to do about it; `nil` where there is nothing to mend, or nothing can be.
    public let mend: String?
}

extension HostSurvey {
    /// A report on every OCI runtime that is known, found out by trying; nothing of that is left.
    public static func runtimes() async -> [RuntimeReport] {
        var reports: [RuntimeReport] = []
        for runtime in OCIRuntime.allCases {
            let path = try? InstalledRuntime(runtime).path
            do {
                let engine = try await offload {
                    try Engine.ready(below: .ofThisProcess(), isolation: .oci(runtime))
                }
                do {
                    try await offload { try engine.runProbe() }
                } catch {
                    await offload { engine.shutDown() }
                    throw error
                }
                await offload { engine.shutDown() }
                reports.append(
                    RuntimeReport(runtime: runtime, path: path, isUsable: true, problem: nil, mend: nil)
                )
            } catch {
                let error = error as? SandboxError ?? SandboxError(.internal, "\(error)")
                reports.append(
                    RuntimeReport(
                        runtime: runtime,
                        path: path,
                        isUsable: false,
                        problem: error.message,
                        mend: error.mend,
                    )
                )
            }
        }
        return reports
    }
}
