import Foundation
import LinuxKernel
import RunClient
import SandboxModel

/// What the system says of a failed call, for messages.
enum SystemFailure {
    /// The reason in the system's words, without the call.
    static func reason(_ error: any Error) -> String { number(error).map(reason) ?? "\(error)" }

    /// The meaning of an `errno`.
    static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

    /// The reason with the call, or with the file that the error is about.
    ///
    /// `nil` for what is not a failure of the system.
    static func sentence(_ error: any Error) -> String? {
        if let failure = error as? KernelError { return failure.sentence }
        guard let number = number(error) else { return nil }
        let details = (error as NSError).userInfo
        // Our own errors of this kind say what they are about.
        if let text = details[NSLocalizedDescriptionKey] as? String { return text }
        let path = details[NSFilePathErrorKey] as? String
        return (path.map { "\($0.quoted): " } ?? "") + reason(number)
    }

    /// The `errno` of an error: Foundation wraps it into errors of its own, or leaves only what it makes of it.
    private static func number(_ error: any Error) -> Int32? {
        if let failure = error as? KernelError { return failure.number }
        let failure = error as NSError
        if failure.domain == NSPOSIXErrorDomain { return Int32(failure.code) }
        if let cause = failure.userInfo[NSUnderlyingErrorKey] as? any Error { return number(cause) }
        guard failure.domain == NSCocoaErrorDomain else { return nil }
        return switch CocoaError.Code(rawValue: failure.code) {
        case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
        case .fileReadNoPermission, .fileWriteNoPermission: EACCES
        case .fileWriteFileExists: EEXIST
        case .fileWriteOutOfSpace: ENOSPC
        case .fileWriteVolumeReadOnly: EROFS
        case .fileReadInvalidFileName, .fileWriteInvalidFileName: EINVAL
        default: nil
        }
    }
}
