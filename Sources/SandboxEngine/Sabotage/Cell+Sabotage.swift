#if SANDERLING_SABOTAGE
import Foundation
import SandboxModel

extension Cell {
    /// A limit of bytes that come out, of which much more may where collecting is left out.
    static func withoutCollection(limit: Int) -> Int {
        Sabotage.leavesOut("collection") ? max(limit, 256 << 20) : limit
    }

    /// Patterns that are matched so carelessly that everything does.
    static func withoutCollection(patterns: [String]) -> [String] {
        Sabotage.leavesOut("collection") && !patterns.isEmpty ? ["**"] : patterns
    }

    /// Files as they are called by those who decode names and know both kinds of slash.
    static func withoutCollection(named files: [CollectedFile]) -> [CollectedFile] {
        guard Sabotage.leavesOut("collection") else { return files }
        return files.map { file in
            let name = file.path.removingPercentEncoding ?? file.path
            return CollectedFile(path: name.replacing("\\", with: "/"), contents: file.contents)
        }
    }
}
#endif
