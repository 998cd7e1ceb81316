/// This checkout.
enum Repository {
    /// The path of a file in it.
    static func path(_ name: String, of file: String = #filePath) -> String {
        file.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/" + name
    }
}
