import Foundation
import Places

extension Installation {
    /// A resource of the package, as SwiftPM built it: beside the executable, as a rule.
    ///
    /// Only where it is not there is the bundle asked, which takes a millisecond, and stops the process where there is none.
    static func bundled(_ name: String) -> String? {
        // Where the executable's place is not known, the bundle's accessor would end the process.
        guard executableDirectory != nil else { return nil }
        return built("Sanderling_Sanderling.resources/" + name)
            ?? Bundle.module.path(forResource: name, ofType: nil)
    }
}
