public import SandboxModel

/// A catalog's definitions, each read by itself, so that one that is wrong does not hide the others.
public struct LanguageSurvey: Sendable {
    /// Those that can be used, sorted by name.
    public internal(set) var definitions: [LanguageDefinition] = []
    /// What is wrong with the others, by the name of the file without its extension.
    public internal(set) var mistakes: [String: SandboxError] = [:]
}

extension LanguageCatalog {
    /// Every language, and every definition that is none.
    public func survey() -> LanguageSurvey {
        var survey = LanguageSurvey()
        for file in files {
            do throws(SandboxError) {
                if let definition = try file.definition() { survey.definitions.append(definition) }
            } catch {
                survey.mistakes[file.name] = error
            }
        }
        return survey
    }
}
