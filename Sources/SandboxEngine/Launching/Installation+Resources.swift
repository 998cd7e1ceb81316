import Places

extension Installation {
    /// A resource of the package, as SwiftPM built it: beside the executable, with those of the target Sanderling.
    static func resource(_ name: String) -> String? { built("Sanderling_Sanderling.resources/" + name) }
}
