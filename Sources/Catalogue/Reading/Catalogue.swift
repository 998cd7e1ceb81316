import Foundation
import Languages
import Places
import SandboxModel

/// The attacks of a directory, in which each has a folder: `CLASS/ID/case.yaml` beside its program's files.
package struct Catalogue: Sendable {
    /// The attacks, class by class in the order of ``AttackClass``, and by name in each.
    package let cases: [AttackCase]

    /// Reads every case of a directory.
    ///
    /// - Throws: ``CatalogueError`` with every file that is wrong.
    package init(directory: String = Self.builtInDirectory) throws(CatalogueError) {
        var cases: [AttackCase] = []
        var mistakes: [String] = []
        var places: [String: String] = [:]
        let folders = Self.folders(in: directory)
        if folders.isEmpty { mistakes.append("\(directory): there is no folder of cases") }
        for name in folders where AttackClass(rawValue: name) == nil {
            let known = AttackClass.allCases.map(\.rawValue).joined(separator: ", ")
            mistakes.append("\(directory)/\(name): is no class of attacks; known are \(known)")
        }
        for attackClass in AttackClass.allCases where folders.contains(attackClass.rawValue) {
            let parent = "\(directory)/\(attackClass.rawValue)"
            for id in Self.folders(in: parent) {
                let place = "\(parent)/\(id)"
                if let other = places.updateValue(place, forKey: id) {
                    mistakes.append("\(place): has the name of \(other); every case needs its own")
                }
                do throws(SandboxError) {
                    cases.append(try CaseReader.read(place, id: id, attackClass: attackClass))
                } catch {
                    mistakes.append(error.message)
                }
            }
        }
        guard mistakes.isEmpty else { throw CatalogueError(mistakes: mistakes) }
        self.cases = cases
    }

    /// The catalogue that comes with Sanderling: `../share/sanderling/attacks` of an installed command, else the resources
    /// beside it.
    ///
    /// Only where neither is there is the bundle asked, which stops the process when it finds nothing.
    package static let builtInDirectory =
        Installation.file("share/sanderling/attacks") ?? Installation.built(
            "Sanderling_Catalogue.resources/Cases"
        )
        ?? Bundle.module.bundlePath + "/Cases"

    /// The names of the directories in a directory, sorted; none when it cannot be read.
    private static func folders(in directory: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.sorted().filter { name in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isDirectory)
                && isDirectory.boolValue
        }
    }
}
