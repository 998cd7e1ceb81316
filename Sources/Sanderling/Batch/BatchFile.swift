import Yams

/// A batch: samples to run, and where their reports and logs go.
///
/// Read from YAML, of which JSON is a part; `docs/batch-file.md` describes every key.
public struct BatchFile: Sendable, Hashable {
    /// The samples, in the order of the file; never empty.
    public var samples: [BatchSample]
    /// Where the reports go.
    public var output: BatchOutput
    /// What is logged.
    public var logging: BatchLogging

    /// Reads a batch file and the files it names.
    ///
    /// - Parameters:
    ///   - path: The file's path, as the person gave it; relative paths in the file start from its directory.
    ///   - languages: What may be named as a language.
    /// - Throws: ``BatchFileError`` with every mistake.
    public init(path: String, languages: BatchLanguages) throws(BatchFileError) {
        let bytes: [UInt8]
        do {
            bytes = try FileOnHost(path).contents()
        } catch {
            throw BatchFileError(path: path, mistakes: [.init(position: .start, message: error.message)])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw BatchFileError(
                path: path,
                mistakes: [.init(position: .start, message: "the file is not text in UTF-8")],
            )
        }
        try self.init(text: text, path: path, languages: languages)
    }

    /// Reads the text of a batch file and the files it names.
    ///
    /// - Parameters:
    ///   - text: YAML or JSON.
    ///   - path: The path that mistakes name; relative paths in the file start from its directory.
    ///   - languages: What may be named as a language.
    /// - Throws: ``BatchFileError`` with every mistake.
    public init(text: String, path: String, languages: BatchLanguages) throws(BatchFileError) {
        let document: BatchDocument
        do {
            document = try BatchDocument(text: text)
        } catch {
            throw BatchFileError(path: path, mistakes: [error])
        }
        var reader = BatchReader(document: document, path: path, languages: languages)
        let file = reader.file()
        guard reader.mistakes.isEmpty, let file else {
            throw BatchFileError(path: path, mistakes: reader.mistakes)
        }
        self = file
    }

    init(samples: [BatchSample], output: BatchOutput, logging: BatchLogging) {
        self.samples = samples
        self.output = output
        self.logging = logging
    }
}

extension BatchReader {
    /// Reads the whole file; `nil`, with a mistake noted, when it holds no samples.
    mutating func file() -> BatchFile? {
        let outline = "needs 'execution' with 'code_samples'"
        guard let root = document.root, !root.isNull else {
            mistake(.start, "the file is empty; it \(outline)")
            return nil
        }
        guard root.mapping != nil else {
            mistake(root.position, "the file must be a mapping of keys to values, not \(root.kind)")
            return nil
        }
        let top = fields(root, of: .file)
        var (sandbox, output, logging) = (SandboxSettings(), BatchOutput(), BatchLogging())
        if let fields = fields(top["sandbox"], of: .sandbox) {
            sandbox = self.sandbox(fields, over: sandbox)
        }
        if let fields = fields(top["output"], of: .output) { output = self.output(fields) }
        if let fields = fields(top["logging"], of: .logging) { logging = self.logging(fields) }
        guard let execution = fields(top["execution"], of: .execution) else {
            if top["execution"]?.value.isNull ?? true { mistake(root.position, "the file \(outline)") }
            return nil
        }
        let limits = limits(execution, timeout: "default_timeout", over: LimitSettings())
        let samples = samples(execution, limits: limits, sandbox: sandbox)
        return BatchFile(samples: samples, output: output, logging: logging)
    }

    private mutating func samples(
        _ execution: Fields,
        limits: LimitSettings,
        sandbox: SandboxSettings,
    ) -> [BatchSample] {
        guard let entry = execution["code_samples"] else {
            mistake(execution.position, "'execution' needs 'code_samples', the list of programs to run")
            return []
        }
        guard let list = entry.value.sequence else {
            wrongType(entry, "a list of samples")
            return []
        }
        if list.isEmpty {
            mistake(entry.value.position, "'code_samples' is empty; it needs at least one sample")
        }
        return list.enumerated().compactMap { index, node in
            guard node.mapping != nil else {
                mistake(node.position, "a sample must be a mapping with 'code' or 'file', not \(node.kind)")
                return nil
            }
            let fields = fields(node, of: .sample)
            return sample(fields, index: index, limits: limits, sandbox: sandbox)
        }
    }
}
