import LauncherStart
import LinuxKernel
import Places
import SandboxModel

extension Installation {
    /// Where SwiftPM puts the package's resources: beside the executable, with those of the target Sanderling.
    static let resources = "Sanderling_Sanderling.resources/"

    /// A resource of the package, as SwiftPM built it.
    static func resource(_ name: String) -> String? { built(resources + name) }

    /// The path of what is preloaded into zygotes, beside the launcher; `nil` when it is not there or not to be trusted.
    static let zygoteAgent = LauncherExecutable.companion("sanderling-zygote.so", builtIn: resources)
}

extension Descriptor {
    /// The launcher of this build, opened.
    static func launcher() throws(SandboxError) -> Descriptor {
        try LauncherExecutable.open(builtIn: Installation.resources)
    }
}
