import Glibc
import LaunchProtocol
import LinuxKernel

/// What a program left in its writable files, counted by init when the program ended.
struct ScratchCensus {
    /// Bytes in use.
    private(set) var used: UInt64 = 0
    /// Bytes that fit; 0 without a scratch file system.
    private(set) var capacity: UInt64 = 0
    /// Files that could still be made.
    private(set) var freeFiles: UInt64 = 0
    /// Whether a file has the size at which the kernel refuses to let it grow.
    private(set) var hasFileAtCeiling = false

    /// Counts what is in the scratch file system of a stage.
    init(of stage: StagePlan) throws(KernelError) {
        if let limits = stage.census {
            var census = DirectoryCensus(within: limits)
            for directory in stage.writableDirectories { census.count(below: directory) }
            used = census.used
            capacity = limits.bytes
            freeFiles = census.freeFiles
        }
        guard !stage.scratch.isEmpty else { return }
        let space = try FileSystemSpace(at: stage.scratch)
        used = UInt64(space.used)
        capacity = UInt64(space.capacity)
        freeFiles = UInt64(space.freeFiles)
    }

    /// Whether there is more than there may be.
    var isExceeded: Bool { capacity > 0 && (used > capacity || freeFiles == 0) }

    /// Looks for a file at the ceiling of a stage, when every process of the stage is dead.
    mutating func lookForCeiling(of stage: StagePlan) {
        // A file can only be that large when so much is in use.
        guard used >= stage.fileCeiling else { return }
        for directory in stage.writableDirectories where !hasFileAtCeiling {
            _ = FileTree(at: directory).walk { file in
                hasFileAtCeiling = file.size >= stage.fileCeiling
                return !hasFileAtCeiling
            }
        }
    }
}
