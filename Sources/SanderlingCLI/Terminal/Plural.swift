extension Int {
    /// The count with its noun: `1 sample`, `3 samples`.
    func of(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}
