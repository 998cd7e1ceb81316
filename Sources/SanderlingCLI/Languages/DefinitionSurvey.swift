import Foundation
import Languages
import SandboxModel

/// A catalog's definitions, each read by itself, so that one that is wrong does not hide the others.
struct DefinitionSurvey {
    /// Those that can be used, by name.
    private(set) var definitions: [LanguageDefinition] = []
    /// What is wrong with the rest.
    private(set) var mistakes: [SandboxError] = []

    init(_ catalog: LanguageCatalog) {
        var names: Set<String> = []
        for directory in catalog.directories {
            // A directory that is not there, or not ours to read, has no definitions for us.
            let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
            names.formUnion(files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) })
        }
        for name in names.sorted() {
            do throws(SandboxError) {
                definitions.append(try catalog.definition(named: name))
            } catch {
                mistakes.append(error)
            }
        }
    }
}
