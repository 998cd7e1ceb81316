/// Which placeholders mean something in one place of a definition.
enum AllowedPlaceholders {
    /// Where an executable is looked for: directories of those found before.
    case directories
    /// What depends on the implementation alone.
    case implementation
    /// The compile stage: all but the run stage's limits.
    case compile(hasMainClass: Bool)
    /// The run stage.
    case run(hasMainClass: Bool)
    /// What is made ahead of compiling, and how compiling uses it.
    case warm(hasHeader: Bool)

    /// Whether `placeholder` means something there.
    func contains(_ placeholder: Template.Placeholder) -> Bool {
        switch (placeholder, self) {
        case (.directory, _): true
        case (.executable, .directories): false
        case (.executable, _): true
        case (_, .directories), (_, .implementation): false
        case (.warm, .warm): true
        case (.header, .warm(let hasHeader)): hasHeader
        case (_, .warm), (.warm, _), (.header, _): false
        case (.options, .run): false
        case (.mainClass, .compile(let hasMainClass)), (.mainClass, .run(let hasMainClass)): hasMainClass
        case (.memoryBytes, .compile), (.memoryMebibytes, .compile), (.processes, .compile): false
        default: true
        }
    }
}
