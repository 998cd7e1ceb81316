import FoundationEssentials
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// Compiles an execution into what a fence is told: what its processes give up, and the program of each stage.
struct FencePlanner: StagePlanning {
    private let plan: ExecutionPlan
    private let kind: CellKind
    private let places: FencePlaces

    let workDirectory: String

    /// A planner of `plan`, made for a fence at `places` with ``ExecutionPlan/fenced(at:)``.
    init(_ plan: ExecutionPlan, _ kind: CellKind, at places: FencePlaces) {
        self.plan = plan
        self.kind = kind
        self.places = places
        workDirectory = places.work
    }

    /// What a fence's first process gives up, before anything is known but its kind.
    static func confinement(
        of kind: CellKind,
        at places: FencePlaces,
        landlock: Int,
        filter: [UInt8],
    ) -> ConfinementPlan {
        var confinement = ConfinementPlan(
            workingDirectory: places.work,
            identity: 0,
            landlock: LandlockPlan(
                version: UInt32(landlock),
                scoped: true,
                withoutNetwork: kind.network == .none,
                rules: FenceRules(kind, at: places, writes: kind.hasScratch).rules,
            ),
            filter: filter,
            recordsRefusals: !kind.missing.contains(.seccompRecording),
        )
        confinement.isFenced = true
        return confinement
    }

    func stage(_ index: Int) -> StagePlan {
        let isRun = index == plan.compile.count
        let command = isRun ? plan.run : plan.compile[index]
        let limits = isRun ? plan.limits : plan.compileLimits
        let writes = plan.canWrite(atStep: index)
        return StagePlan(
            streams: 3,
            preparation: index == 0 ? programFiles : [],
            program: ProgramPlan(
                resourceLimits: StagePlanner.resourceCeilings(
                    limits,
                    missing: kind.missing,
                    othersOfUser: Self.threadsOfUser,
                ),
                executable: Array(command.executable.utf8),
                arguments: command.arguments.map { Array($0.utf8) },
                environment: command.environment.sorted { $0.key < $1.key }.map {
                    Array("\($0.key)=\($0.value)".utf8)
                },
            ),
            scratch: "",
            writableDirectories: writes ? [places.work, places.temporary] : [],
            fileCeiling: UInt64(limits.fileSize.bytes),
            census: writes
                ? CensusLimits(
                    bytes: UInt64(limits.disk.bytes),
                    files: StagePlanner.files(within: limits),
                ) : nil,
        )
    }

    func confinement(_ first: ConfinementPlan, before index: Int) -> ConfinementPlan {
        var confinement = first
        guard index == plan.compile.count else { return confinement }
        let writes = plan.policy.filesystem == .scratch
        confinement.landlock?.rules = FenceRules(kind, at: places, writes: writes).rules
        confinement.preparation = [.empty(path: places.temporary)]
        // Nothing in a fence may change permissions, a linker neither.
        let directory = places.work + "/"
        if plan.run.executable.hasPrefix(directory) {
            let path = String(plan.run.executable.dropFirst(directory.count))
            confinement.preparation.append(.executable(directory: places.work, path: path))
        }
        return confinement
    }

    /// The program's files; they belong to whoever init is.
    private var programFiles: [MountStep] {
        let directories = StagePlanner.directories(of: plan.files).map { directory in
            MountStep.directory(path: places.work + "/" + directory, mode: 0o755, owner: .max)
        }
        return directories
            + plan.files.map { file in
                .file(
                    path: places.work + "/" + file.path,
                    contents: file.contents,
                    mode: file.executable ? 0o755 : 0o644,
                    owner: .max,
                )
            }
    }

    /// Processes and threads that the user has beside a fence's, which a ceiling by user counts as well.
    private static var threadsOfUser: Int {
        // Fences under root have a user of their own.
        guard geteuid() != 0 else { return 1 }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        var count = 0
        for name in names where Int32(name) != nil {
            var status = Glibc.stat()
            guard stat("/proc/" + name, &status) == 0, status.st_uid == geteuid() else { continue }
            count += max(
                1,
                ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(name)/task")) ?? []).count,
            )
        }
        return count
    }
}
