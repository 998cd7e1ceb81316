#if SANDERLING_SABOTAGE
import LinuxKernel
import SandboxModel

/// The walls that this test build leaves out, to see that each is missed; no other build holds this.
///
/// The kernel's command line names them: `sanderling.sabotage=WALL[,WALL]...`. So a machine has to be booted for it, and a
/// developer's own cannot lose a wall by mistake. What the launcher would do itself, Sources/CSabotage leaves out.
enum Sabotage {
    private static let walls: Set<String> = {
        let line = (try? File.text(at: "/proc/cmdline")) ?? ""
        let option = "sanderling.sabotage="
        let words = line.split { $0 == " " || $0 == "\n" }
        let order = words.first { $0.hasPrefix(option) }?.dropFirst(option.count) ?? ""
        return Set(order.split(separator: ",").map(String.init))
    }()

    /// Whether a layer is left out.
    static func leavesOut(_ layer: Layer) -> Bool { walls.contains(layer.rawValue) }

    /// Whether the module guard is left out.
    static var leavesOutGuard: Bool { walls.contains("guard") }
}
#endif
