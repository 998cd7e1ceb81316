import SandboxModel

/// A ZIP archive as a stranger sends it, read strictly: what two programs could read differently is refused.
///
/// Names are those of the central directory, and must be repeated before the data. No path leads out, no entry is a link,
/// no two are in each other's way, and none of the data is used twice, which is how small archives become huge ones.
struct ZIPArchive {
    /// The files, in the order of the archive; directories are not among them.
    let files: [ProgramFile]

    /// How much an archive may hold.
    struct Bounds {
        /// Bytes of all files together, taken apart: 10 MiB.
        var size = 10_240 << 10
        /// Files and directories.
        var entries = 1_000
    }

    /// Reads an archive.
    ///
    /// - Throws: ``ArchiveError``.
    init(_ bytes: [UInt8], bounds: Bounds = Bounds()) throws(ArchiveError) {
        let reader = LittleEndianReader(bytes)
        let directory = try Self.directory(of: reader)
        guard directory.count <= bounds.entries else {
            throw ArchiveError("holds more than \(bounds.entries) files")
        }
        var entries: [ZIPEntry] = []
        var place = directory.start
        for _ in 0..<directory.count {
            let entry = try ZIPEntry(reader, at: place, before: directory.start)
            place = entry.end
            entries.append(entry)
        }
        guard place == directory.end else { throw Self.broken }
        let total = entries.reduce(0) { $0 + $1.size }
        guard total <= bounds.size else {
            throw ArchiveError("holds more than \(bounds.size >> 10) KiB")
        }
        try Self.checkOverlaps(entries)
        try Self.checkPaths(entries)
        var files: [ProgramFile] = []
        for entry in entries where !entry.isDirectory {
            let contents =
                entry.isStored
                ? Array(bytes[entry.data]) : try Inflater.inflate(bytes[entry.data], size: entry.size)
            guard CRC32.of(contents) == entry.checksum else {
                throw ArchiveError("holds a file whose checksum is wrong: \(entry.path.quoted)")
            }
            files.append(ProgramFile(path: entry.path, contents: contents, executable: entry.isExecutable))
        }
        self.files = files
    }

    static let broken = ArchiveError("is not a ZIP archive, or is broken")

    /// Where the central directory is, by the record at the archive's end.
    private static func directory(of reader: LittleEndianReader) throws(ArchiveError) -> (
        start: Int, end: Int, count: Int
    ) {
        // The record is followed by a comment of at most 65535 bytes, and nothing else.
        let latest = reader.count - 22
        var place = latest
        while place >= max(0, latest - 65_535) {
            if try reader.number(4, at: place) == 0x0605_4B50,
                try reader.number(2, at: place + 20) == latest - place
            {
                let disks = try reader.number(2, at: place + 4) + (try reader.number(2, at: place + 6))
                let count = try reader.number(2, at: place + 10)
                let size = try reader.number(4, at: place + 12)
                let start = try reader.number(4, at: place + 16)
                guard disks == 0, try reader.number(2, at: place + 8) == count, start + size == place else {
                    throw broken
                }
                return (start, place, count)
            }
            place -= 1
        }
        throw broken
    }

    private static func checkOverlaps(_ entries: [ZIPEntry]) throws(ArchiveError) {
        let ranges = entries.map(\.record).sorted { $0.lowerBound < $1.lowerBound }
        for (one, next) in zip(ranges, ranges.dropFirst()) where next.lowerBound < one.upperBound {
            throw ArchiveError("holds files that share their data")
        }
    }

    private static func checkPaths(_ entries: [ZIPEntry]) throws(ArchiveError) {
        let files = entries.filter { !$0.isDirectory }.map(\.path)
        var taken: Set<Substring> = []
        for path in files {
            guard taken.insert(path[...]).inserted else {
                throw ArchiveError("holds two files called \(path.quoted)")
            }
        }
        for path in entries.map(\.path) {
            var rest = path[...]
            while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
                rest = rest[..<slash]
                guard !taken.contains(rest) else {
                    throw ArchiveError("holds \(String(rest).quoted) both as a file and as a directory")
                }
            }
        }
    }
}
