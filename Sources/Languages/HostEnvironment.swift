import FoundationEssentials

/// The environment of this process.
enum HostEnvironment {
    /// Names and values.
    static var current: [String: String] { ProcessInfo.processInfo.environment }
}
