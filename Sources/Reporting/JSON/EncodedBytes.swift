import Foundation

/// Bytes as a JSON string can carry them: text when they are UTF-8, base64 otherwise.
package struct EncodedBytes {
    /// How bytes became text.
    package enum Encoding: String, Decodable, CaseIterable {
        /// They are the text's UTF-8.
        case utf8 = "utf-8"
        /// RFC 4648, section 4.
        case base64
    }

    package let text: String
    package let encoding: Encoding

    /// Text for `bytes`.
    package init(_ bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self.text = text
            encoding = .utf8
        } else {
            text = Data(bytes).base64EncodedString()
            encoding = .base64
        }
    }

    /// A text of which it is known how it is to be read.
    package init(text: String, encoding: Encoding) {
        self.text = text
        self.encoding = encoding
    }

    /// The bytes again, or `nil` when the text is not base64 although it should be.
    package var bytes: [UInt8]? {
        switch encoding {
        case .utf8: Array(text.utf8)
        case .base64: Data(base64Encoded: text).map { Array($0) }
        }
    }
}
