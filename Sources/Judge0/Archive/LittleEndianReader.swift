/// Reads numbers from bytes that may end too soon.
struct LittleEndianReader {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    /// The number in `size` bytes, 1 to 4, the least significant first.
    func number(_ size: Int, at place: Int) throws(ArchiveError) -> Int {
        try slice(place, size).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// `size` bytes.
    func slice(_ place: Int, _ size: Int) throws(ArchiveError) -> ArraySlice<UInt8> {
        guard place >= 0, size >= 0, size <= bytes.count, place <= bytes.count - size else {
            throw ZIPArchive.broken
        }
        return bytes[place..<place + size]
    }
}
