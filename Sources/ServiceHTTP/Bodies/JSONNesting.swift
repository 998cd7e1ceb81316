package import NIOCore
package import Service

/// How deep what callers send may be nested; a linear look at its bytes, before anything is made of them.
///
/// Nothing that is understood here has more than a few levels, while what decoders do for each level may grow with its depth.
package enum JSONNesting {
    /// Levels of lists and objects in one another.
    package static let most = 32

    /// Refuses a text that is nested deeper, or cannot be JSON in UTF-8 (RFC 8259, section 8.1).
    ///
    /// - Throws: ``/Service/ServiceError`` of code `invalidRequest`.
    package static func check(_ text: ByteBuffer) throws(ServiceError) {
        let reason = text.withUnsafeReadableBytes { Self.reason(against: $0) }
        if let reason { throw ServiceError(.invalidRequest, reason) }
    }

    /// What is wrong with a text, or `nil`.
    private static func reason(against text: UnsafeRawBufferPointer) -> String? {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in text {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            // In UTF-16 and UTF-32, where quotes and brackets are not where they seem to be, every sign of JSON's has one.
            case 0: return "the body is not JSON"
            case UInt8(ascii: "\\"): isEscaped = isInString
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if isInString { continue }
                depth += 1
                if depth > most { return "the body is nested more than \(most) levels deep" }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if !isInString { depth -= 1 }
            default: continue
            }
        }
        return nil
    }
}
