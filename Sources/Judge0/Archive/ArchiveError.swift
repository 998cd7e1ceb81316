/// Why an archive is not taken.
struct ArchiveError: Error, Hashable {
    /// What is wrong with it, to follow the archive's name: `is not a ZIP archive`.
    let message: String

    init(_ message: String) { self.message = message }
}
