public import SandboxModel

extension SandboxError.Code {
    /// A language's definition file is wrong; the message begins with the file, the line and the column.
    public static let invalidDefinition = Self(rawValue: "invalid_definition")
}
