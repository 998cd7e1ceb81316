import SandboxModel

/// One file or directory of a ZIP archive, by its record in the central directory (APPNOTE.TXT, sections 4.3.7 and 4.3.12).
struct ZIPEntry {
    /// Its path, without a slash at its end.
    let path: String
    let isDirectory: Bool
    /// Whether its data is as it is, rather than compressed.
    let isStored: Bool
    let isExecutable: Bool
    /// Bytes of it, taken apart.
    let size: Int
    let checksum: UInt32
    /// Where its data is in the archive.
    let data: Range<Int>
    /// Where all that belongs to it is, its header included.
    let record: Range<Int>
    /// Where the next record of the central directory begins.
    let end: Int

    /// Reads the record at `place` and the header that it leads to, which lies before `limit`.
    init(_ reader: LittleEndianReader, at place: Int, before limit: Int) throws(ArchiveError) {
        guard try reader.number(4, at: place) == 0x0201_4B50 else { throw ZIPArchive.broken }
        let madeBy = try reader.number(2, at: place + 4) >> 8
        let flags = try reader.number(2, at: place + 8)
        let method = try reader.number(2, at: place + 10)
        checksum = UInt32(try reader.number(4, at: place + 16))
        let compressedSize = try reader.number(4, at: place + 20)
        size = try reader.number(4, at: place + 24)
        let nameLength = try reader.number(2, at: place + 28)
        let extraLength = try reader.number(2, at: place + 30)
        let commentLength = try reader.number(2, at: place + 32)
        let attributes = try reader.number(4, at: place + 38)
        let header = try reader.number(4, at: place + 42)
        let name = try reader.slice(place + 46, nameLength)
        end = place + 46 + nameLength + extraLength + commentLength

        let path = try Self.path(name)
        guard flags & 0x2041 == 0 else { throw ArchiveError("holds a file that is encrypted") }
        guard method == 0 || method == 8 else {
            throw ArchiveError(
                "holds a file that is compressed in another way than by deflate: \(path.quoted)"
            )
        }
        isStored = method == 0
        isDirectory = name.last == UInt8(ascii: "/")
        guard !isStored || size == compressedSize, !isDirectory || size == 0 else { throw ZIPArchive.broken }

        // Made on Unix: the upper half of the attributes is a file's mode.
        let mode = madeBy == 3 ? attributes >> 16 : 0
        guard [0, 0o100000, 0o040000].contains(mode & 0o170000) else {
            throw ArchiveError("holds something that is neither a file nor a directory: \(path.quoted)")
        }
        isExecutable = mode & 0o111 != 0
        self.path = path

        let data = try Self.data(reader, header, name: name, method: method)
        guard data <= limit, compressedSize <= limit - data else { throw ZIPArchive.broken }
        self.data = data..<data + compressedSize
        record = header..<data + compressedSize
    }

    /// Where the data begins, after a header that must say the same.
    private static func data(
        _ reader: LittleEndianReader,
        _ header: Int,
        name: ArraySlice<UInt8>,
        method: Int,
    ) throws(ArchiveError) -> Int {
        let nameLength = try reader.number(2, at: header + 26)
        let extraLength = try reader.number(2, at: header + 28)
        guard try reader.number(4, at: header) == 0x0403_4B50,
            try reader.number(2, at: header + 8) == method,
            try reader.slice(header + 30, nameLength).elementsEqual(name)
        else { throw ZIPArchive.broken }
        return header + 30 + nameLength + extraLength
    }

    /// A name as a path that leads nowhere out.
    private static func path(_ name: ArraySlice<UInt8>) throws(ArchiveError) -> String {
        let bytes = name.last == UInt8(ascii: "/") ? name.dropLast() : name
        guard let path = String(validating: bytes, as: UTF8.self) else {
            throw ArchiveError("holds a file whose name is not UTF-8")
        }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isInside = parts.allSatisfy { part in
            (1...255).contains(part.count) && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        }
        guard isInside, parts.count <= 100, path.utf8.count < 4_000, !path.utf8.contains(0),
            !path.utf8.contains(UInt8(ascii: "\\"))
        else {
            throw ArchiveError("holds a file whose path cannot be used: \(String(path.prefix(80)).quoted)")
        }
        return path
    }
}
