#if SANDERLING_SABOTAGE_OF_RELEASE
#error("no wall can be left out of a release build: unset SANDERLING_SABOTAGE, or build for debugging")
#endif

#if SANDERLING_SABOTAGE
import Glibc

/// The walls that this test build leaves out, to see that each is missed; no other build holds this.
///
/// The kernel's command line names them: `sanderling.sabotage=WALL[,WALL]...`. So a machine has to be booted for it, and a
/// developer's own cannot lose a wall by mistake. What the launcher would do itself, Sources/CSabotage leaves out.
package enum Sabotage {
    private static let walls: [Substring] = {
        guard let file = fopen("/proc/cmdline", "re") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = fread(&bytes, 1, 4_096, file)
        let option = "sanderling.sabotage="
        let words = String(decoding: bytes.prefix(count), as: UTF8.self).split { $0 == " " || $0 == "\n" }
        return words.first { $0.hasPrefix(option) }?.dropFirst(option.count).split(separator: ",") ?? []
    }()

    /// Whether the wall of that name is left out: a ``Layer``'s, or one of the catalogue's `Wall`s.
    package static func leavesOut(_ wall: String) -> Bool { walls.contains { $0 == wall } }

    /// Whether a layer is left out.
    package static func leavesOut(_ layer: Layer) -> Bool { leavesOut(layer.rawValue) }
}
#endif
