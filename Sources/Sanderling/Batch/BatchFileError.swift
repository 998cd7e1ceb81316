/// Everything that is wrong with a batch file; nothing of it has been run.
public struct BatchFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Mistake: Sendable, Hashable {
        /// Where it is.
        public let position: BatchPosition
        /// What is wrong and what to write instead, in one sentence.
        public let message: String

        /// A mistake at a place.
        public init(position: BatchPosition, message: String) {
            self.position = position
            self.message = message
        }
    }

    /// The file's path, as the caller gave it.
    public let path: String
    /// The mistakes, in the order of the file.
    public let mistakes: [Mistake]

    /// The mistakes of a file, put in the order of the file.
    public init(path: String, mistakes: [Mistake]) {
        self.path = path
        self.mistakes = mistakes.sorted { $0.position < $1.position }
    }

    /// One line for each mistake: `config.yaml:12:7: unknown key 'max_memroy', did you mean 'max_memory'?`.
    public var description: String {
        mistakes.map { "\(path):\($0.position): \($0.message)" }.joined(separator: "\n")
    }
}
