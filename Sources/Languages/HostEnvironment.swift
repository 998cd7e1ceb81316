import Foundation
import Glibc

/// The environment of this process.
enum HostEnvironment {
    /// Names and values.
    static var current: [String: String] { ProcessInfo.processInfo.environment }

    /// The value of one variable; getenv(3).
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
