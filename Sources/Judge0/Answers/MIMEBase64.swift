import Foundation

/// Base64 as Ruby writes and reads it, which Judge0 hands through.
enum MIMEBase64 {
    /// The bytes in lines of 60 characters, each ended by a line feed.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        var rest = Data(bytes)[...]
        while !rest.isEmpty {
            text += Data(rest.prefix(45)).base64EncodedString() + "\n"
            rest = rest.dropFirst(45)
        }
        return text
    }

    /// The bytes that a text stands for; what is no digit of base64 is passed over, and padding may be missing.
    static func decode(_ text: String) -> [UInt8] {
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }.filter { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 43
                || byte == 47
        }
        // A single digit at the end holds less than a byte.
        let whole = digits.count % 4 == 1 ? digits.dropLast() : digits[...]
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - whole.count % 4) % 4)
        return Data(base64Encoded: Data(Array(whole) + padding)).map { Array($0) } ?? []
    }
}
