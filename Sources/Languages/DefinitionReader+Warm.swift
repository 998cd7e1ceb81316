import SandboxModel

extension DefinitionReader {
    /// Reads `compile.warm`.
    func warm(_ compile: StrictMapping) throws(SandboxError) -> WarmRecipe? {
        let keys = ["headers", "source", "files", "steps", "environment", "arguments", "variables"]
        guard let warm = try compile.mapping("warm", keys: keys) else { return nil }
        let headers = try warm.strings("headers")
        for header in headers
        where header.isEmpty || header.hasPrefix("/") || header.pathNames().contains("..") {
            throw warm.error("headers", "has '\(header)', which is no name of a header")
        }
        let allowed = AllowedPlaceholders.warm(hasHeader: !headers.isEmpty)
        return WarmRecipe(
            headers: headers,
            source: try warm.required("source"),
            files: Dictionary(try warm.texts("files").map { ($0.name, $0.value) }) { $1 },
            steps: try steps(warm, allowing: allowed),
            environment: try environment(warm, allowing: allowed),
            arguments: try templates(warm, "arguments", try warm.strings("arguments"), allowing: allowed),
            variables: try environment(warm, "variables", allowing: allowed),
        )
    }
}
