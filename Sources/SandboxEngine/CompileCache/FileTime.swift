import Glibc

/// A time that the file system keeps of a file.
struct FileTime: Comparable, CustomStringConvertible {
    private let seconds: Int
    private let nanoseconds: Int

    /// The time in a field of `stat`.
    init(_ time: timespec) {
        // Not by the members' names: which module they belong to depends on what else the compiler has loaded.
        (seconds, nanoseconds) = withUnsafeBytes(of: time) { bytes in
            (bytes.load(as: Int.self), bytes.load(fromByteOffset: MemoryLayout<Int>.size, as: Int.self))
        }
    }

    var description: String { "\(seconds).\(nanoseconds)" }

    static func < (first: Self, second: Self) -> Bool {
        (first.seconds, first.nanoseconds) < (second.seconds, second.nanoseconds)
    }
}
