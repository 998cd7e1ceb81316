import Foundation
import SandboxModel
import Testing

@testable import Judge0

/// Archives, well made and hostile.
struct Judge0ArchiveTests {
    /// An archive in the making, with what can be wrong about it.
    private struct Maker {
        struct Entry {
            var name: String
            var contents: [UInt8]
            var data: [UInt8]?
            var method: UInt16 = 0
            var flags: UInt16 = 0
            var mode: UInt32 = 0o100644
            var size: Int?
            var checksum: UInt32?
            var headerName: String?
        }

        var entries: [Entry]
        /// For each entry, another's header that its record points to.
        var sharesFirst = false
        var count: UInt16?
        var comment: [UInt8] = []

        private static func little(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }

        var bytes: [UInt8] {
            var body: [UInt8] = []
            var directory: [UInt8] = []
            for (number, entry) in entries.enumerated() {
                let data = entry.data ?? entry.contents
                let checksum = Int(entry.checksum ?? CRC32.of(entry.contents))
                let size = entry.size ?? entry.contents.count
                let offset = sharesFirst && number > 0 ? 0 : body.count
                let name = Array(entry.name.utf8)
                let headerName = Array((entry.headerName ?? entry.name).utf8)
                let common =
                    Self.little(Int(entry.flags), 2) + Self.little(Int(entry.method), 2) + Self.little(0, 4)
                    + Self.little(checksum, 4) + Self.little(data.count, 4) + Self.little(size, 4)
                if offset == body.count {
                    body += Self.little(0x0403_4B50, 4) + Self.little(20, 2) + common
                    body += Self.little(headerName.count, 2) + Self.little(0, 2) + headerName + data
                }
                directory +=
                    Self.little(0x0201_4B50, 4) + Self.little(3 << 8 | 20, 2) + Self.little(20, 2) + common
                directory += Self.little(name.count, 2) + Self.little(0, 8)
                directory += Self.little(Int(entry.mode) << 16, 4) + Self.little(offset, 4) + name
            }
            let number = Int(count ?? UInt16(entries.count))
            return body + directory + Self.little(0x0605_4B50, 4) + Self.little(0, 4)
                + Self.little(number, 2)
                + Self.little(number, 2) + Self.little(directory.count, 4) + Self.little(body.count, 4)
                + Self.little(comment.count, 2) + comment
        }
    }

    private func entry(_ name: String, _ text: String = "text") -> Maker.Entry {
        Maker.Entry(name: name, contents: Array(text.utf8))
    }

    @Test func `files come out as they went in`() throws {
        var maker = Maker(entries: [entry("a.txt"), entry("dir/"), entry("dir/run", "#!/bin/sh")])
        maker.entries[1].contents = []
        maker.entries[1].mode = 0o040755
        maker.entries[2].mode = 0o100755
        maker.comment = Array("made for a test".utf8)
        let files = try ZIPArchive(maker.bytes).files
        #expect(files.map(\.path) == ["a.txt", "dir/run"])
        #expect(files.map(\.executable) == [false, true])
        #expect(files[0].contents == Array("text".utf8))
    }

    /// Made by Python's zlib at level 9, without its header: a block of dynamic codes, and one of fixed ones.
    @Test func `what other programs compress is taken apart`() throws {
        let dynamic = try #require(Data(base64Encoded: Self.dynamic).map { Array($0) })
        let text = Array((0..<300).map { "\($0 * $0) line \($0 % 7)\n" }.joined().utf8)
        #expect(try Inflater.inflate(dynamic[...], size: text.count) == text)
        let fixed: [UInt8] = [0x4B, 0x4C, 0x4A, 0x4E, 0x49, 0x4D, 0x4B, 0x04, 0x93, 0x00]
        #expect(try Inflater.inflate(fixed[...], size: 12) == Array("abcdefabcdef".utf8))
    }

    @Test func `nothing that is cut or changed is taken, and nothing of it stops this process`() throws {
        let dynamic = try #require(Data(base64Encoded: Self.dynamic).map { Array($0) })
        let text = Array((0..<300).map { "\($0 * $0) line \($0 % 7)\n" }.joined().utf8)
        for length in 0..<dynamic.count {
            #expect(throws: ArchiveError.self) { try Inflater.inflate(dynamic[..<length], size: text.count) }
        }
        var maker = Maker(entries: [entry("a"), entry("b")])
        maker.entries[0].contents = text
        maker.entries[0].data = dynamic
        maker.entries[0].method = 8
        let whole = maker.bytes
        #expect(try ZIPArchive(whole).files[0].contents == text)
        for length in 0..<whole.count {
            #expect(throws: ArchiveError.self) { try ZIPArchive(Array(whole[..<length])) }
        }
        for place in whole.indices {
            for bit in [0, 3, 7] {
                var changed = whole
                changed[place] ^= 1 << UInt8(bit)
                // Times and versions mean nothing here; whatever is taken is what the archive says.
                if let files = try? ZIPArchive(changed).files {
                    #expect(files.allSatisfy { [text, Array("text".utf8)].contains($0.contents) })
                }
            }
        }
    }

    @Test(arguments: [
        "../a", "/a", "a/../../b", "a//b", "./a", "a\\b", "..", "a\u{0}b",
        String(repeating: "x", count: 300),
    ])
    func `no path leads out`(_ name: String) {
        let error = #expect(throws: ArchiveError.self) { try ZIPArchive(Maker(entries: [entry(name)]).bytes) }
        #expect(error?.message.contains("path cannot be used") == true)
    }

    @Test func `links and other things are refused`() {
        for mode: UInt32 in [0o120777, 0o020666, 0o010644] {
            var maker = Maker(entries: [entry("a")])
            maker.entries[0].mode = mode
            #expect(throws: ArchiveError.self) { try ZIPArchive(maker.bytes) }
        }
    }

    @Test func `what could be read in two ways is refused`() {
        #expect(throws: ArchiveError("holds two files called 'a'")) {
            try ZIPArchive(Maker(entries: [entry("a"), entry("a")]).bytes)
        }
        #expect(throws: ArchiveError("holds 'a' both as a file and as a directory")) {
            try ZIPArchive(Maker(entries: [entry("a"), entry("a/b")]).bytes)
        }
        var other = Maker(entries: [entry("a")])
        other.entries[0].headerName = "b"
        #expect(throws: ArchiveError.self) { try ZIPArchive(other.bytes) }
        var miscounted = Maker(entries: [entry("a"), entry("b")])
        miscounted.count = 1
        #expect(throws: ArchiveError.self) { try ZIPArchive(miscounted.bytes) }
        var wrong = Maker(entries: [entry("a")])
        wrong.entries[0].checksum = 1
        #expect(throws: ArchiveError.self) { try ZIPArchive(wrong.bytes) }
        var secret = Maker(entries: [entry("a")])
        secret.entries[0].flags = 1
        #expect(throws: ArchiveError("holds a file that is encrypted")) { try ZIPArchive(secret.bytes) }
    }

    @Test func `no bomb goes off`() {
        // One that says how large it is, one that lies about it, one whose files share their data, and one of many files.
        var large = Maker(entries: [entry("a")])
        large.entries[0].size = 1 << 31
        large.entries[0].method = 8
        #expect(throws: ArchiveError("holds more than 10240 KiB")) { try ZIPArchive(large.bytes) }
        let zeros = Inflatable.zeros(1 << 20)
        #expect(throws: ArchiveError.self) { try Inflater.inflate(zeros[...], size: 1_000) }
        var shared = Maker(entries: [entry("a"), entry("a2"), entry("a3")])
        shared.sharesFirst = true
        for number in 1...2 { shared.entries[number].headerName = "a" }
        #expect(throws: ArchiveError.self) { try ZIPArchive(shared.bytes) }
        let many = Maker(entries: (0...1_000).map { entry("f\($0)") })
        #expect(throws: ArchiveError("holds more than 1000 files")) { try ZIPArchive(many.bytes) }
    }

    @Test func `as much as is announced and no more is made`() throws {
        let zeros = Inflatable.zeros(1 << 20)
        #expect(try Inflater.inflate(zeros[...], size: 1 << 20).count == 1 << 20)
        #expect(throws: ArchiveError.self) { try Inflater.inflate(zeros[...], size: 1 << 20 + 1) }
    }

    /// Compressed data that is made by hand.
    private enum Inflatable {
        /// `count` zeros, as one literal and copies of 258 bytes at distance 1, in fixed codes.
        static func zeros(_ count: Int) -> [UInt8] {
            var bits: [UInt8] = [1, 1, 0]
            func append(_ code: Int, _ length: Int) {
                for place in (0..<length).reversed() { bits.append(UInt8(code >> place & 1)) }
            }
            var left = count - 1
            append(0x30, 8)
            while left >= 258 {
                append(0xC5, 8)
                append(0, 5)
                left -= 258
            }
            while left > 0 {
                append(0x30, 8)
                left -= 1
            }
            append(0, 7)
            return stride(from: 0, to: bits.count, by: 8).map { start in
                bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) {
                    $0 | $1.element << UInt8($1.offset)
                }
            }
        }
    }
}

extension Judge0ArchiveTests {
    fileprivate static let dynamic = """
        TVe5keBIDPMVxYbAn+yA1riqq8vfPGpnBbSnmgdNoQEQkl///vPf71/y6M+DPvHzYM/5efBH6+cpHsufp3z878/qifNBVHwY\
        ox+IigDG9MPRiA9I63xIeuqDsu8k3TPrA7PBTG7xgXnpBxbfaTtW6AcWg8HSzgeWXR9YfafFU99P82nDZP0hyDMBps532nL1\
        zbCvKRxN5Zt4X1QTnCneb4m377X1US/MtxwFMPPirr5jX/I+phezC0PqfLeymMdJoHzn+mN63asJ5jSX+DAtBCxafufunZTg\
        hq0Fc9p8OIt5FFQ6zq3H1XHNe4uY070gPY8Bn4733atuw137BOb0U1BhCPkM8GxPeOLCIwZzRhnEGF1KXX/nypPCW08dzJlu\
        UGRGg88sOiW7ce95jG4RynJHAJ8VtExlKZXJOWuG2pQEn335pv3g3jsLc3YH9NmHfI7SPGOjFPzl6wroc8bB5xE6aCFx7ycE\
        c54S6POMgM89lj5a88jlpJDLSkWNrq+UZlK53KTmtNN6iH7SKhpKZ+go08tS5kZPWQZNZV10lR3Sq270lXokhLBavxLAj0Gy\
        GlrgeOekuXQJZ37GzBUDatCtpjOrlIpb6JyGJPYU49TlFO/LB7muQ5tpKzNVO66pG++z0H2SXM/ltTd/IA4d8LbQR67sPzfX\
        p2g4PbifTRtRRoMJ7nTzRtoZYtTBppg6FbKKFExt7wiANruSjBG30AaNLrSrBAPyUrV5K7dWyLW3wq/gjbqmXnKCKxVey3fX\
        0YSWcOdCb0Rw6kruCdsbAdfGBFjozoRCrK/MsL0s6NoGKaPviqUb7RgVYieHUx8k2Z90Z8S5FN3ochoK2eDn9t3boa7dkK/x\
        7gS60e1KZHfl1O7I8Hd3DFuCx+XGNeOBQjywJxY6/Vog2eR6CwXduFuJbWbdzAzZZRSHm6mc627ufbeNgQtvsCEX+phw5Z1i\
        8gUzcReUYAu/DWe4nkONun7z5Fp8cm2+lSJXnw2nDrfi8vOrTWx9ohsj0D8WOk5g6kjnZolscr1rlW6MKpafaGGGRKdB19Ho\
        Ufa2NrrxTUEoJI4Npz5XT0tRJl9Sie/WloZCUvPa25s10PUOE+B6/4huTHfmdfpw6gz0UntbAGtG5uXG9eKBQtZx7L25QQxd\
        Zyu53o5KN+YIW1Gu4Dn1Jhp0nSdZzvff6caSpEJejWPq0mSJKxMmXzETt3Y4frPQnlzob2mBritwzkLn1Tkrk3lddU39CgS6\
        rhb2jyIHCz1gZ6GnWJHrKLfMMk2uW4xubOmrLqkxQ1pxp1uYzNno267d2H4pZDvWYOqOZLvrFCZfczsvdCm/PLqaG7370nU3\
        FP/n+4Nu7DnM613BnHpE+IU0Uuwho5cbR+HTt+o5u/PY4ZYZT3I9cX3JbSVke5q8MmQS6VJvW2TVn7524zYCKmQGKbbQM+x8\
        c67k+x8=
        """
}
