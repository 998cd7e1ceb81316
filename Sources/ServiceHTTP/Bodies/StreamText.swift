import Reporting

/// Two streams' pieces as text: a character that is cut in two comes whole with the second.
package struct StreamText {
    private var carried: [Bool: [UInt8]] = [:]

    package init() {}

    /// What is whole with the next piece of a stream.
    package mutating func take(_ bytes: [UInt8], isError: Bool) -> [UInt8] {
        let all = carried[isError, default: []] + bytes
        let cut = all.count - Self.incompleteTail(of: all)
        carried[isError] = Array(all[cut...])
        return Array(all[..<cut])
    }

    /// What is left when nothing more comes, with its stream's name.
    package var rest: [(name: String, bytes: [UInt8])] {
        [(false, "stdout"), (true, "stderr")].compactMap { isError, name in
            guard let bytes = carried[isError], !bytes.isEmpty else { return nil }
            return (name, bytes)
        }
    }

    /// How many bytes at the end begin a character of UTF-8 that has more.
    private static func incompleteTail(of bytes: [UInt8]) -> Int {
        for length in 1...3 where length <= bytes.count {
            let byte = bytes[bytes.count - length]
            if byte & 0xC0 == 0x80 { continue }
            let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return needed > length ? length : 0
        }
        return 0
    }
}

extension [UInt8] {
    /// A piece of a stream as an object: `data` with its `encoding`.
    var json: JSONValue {
        let content = EncodedBytes(self)
        return ["data": .string(content.text), "encoding": .string(content.encoding.rawValue)]
    }
}
