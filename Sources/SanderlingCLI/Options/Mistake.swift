/// Something wrong with what the person asked for: one sentence that names it and says what to write instead.
struct Mistake: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
