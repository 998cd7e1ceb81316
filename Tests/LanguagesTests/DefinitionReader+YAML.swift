import LanguageFiles
import SandboxModel

@testable import Languages

extension DefinitionReader {
    /// The definition in a YAML text.
    static func definition(_ text: String, file: String) throws(SandboxError) -> LanguageDefinition {
        try definition(text, file: file, by: YAMLDocuments())
    }
}
