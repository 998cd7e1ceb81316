import LaunchProtocol
import LinuxKernel

/// Sends the files that match patterns to the host, after everything else in the cell is dead.
struct FileCollector {
    private let patterns: [Glob]
    private let limit: UInt64
    /// Bytes of contents that a message carries.
    private static let chunk = 65_536
    /// Files that are sent at the most.
    private static let fileLimit = 10_000

    /// A collector of files matching any of `patterns`, at most `limit` bytes in all.
    init(patterns: [[UInt8]], limit: UInt64) {
        self.patterns = patterns.map(Glob.init)
        self.limit = limit
    }

    /// Sends what matches below `directory` to the host, and then that there is no more.
    func collect(from directory: String, to control: borrowing MessageSocket) throws(KernelError) {
        var left = limit
        var files = 0
        var complete = true
        var failure: KernelError?
        let isWhole = FileTree(at: directory).walk { file in
            guard patterns.contains(where: { $0.matches(file.path) }) else { return true }
            guard file.size <= left, files < Self.fileLimit, let contents = file.open() else {
                complete = false
                return true
            }
            left -= file.size
            files += 1
            do throws(KernelError) {
                try control.send(CellReply.file(path: file.path).wireBytes)
                while true {
                    let part = try File.read(contents, capacity: Self.chunk)
                    if part.isEmpty { break }
                    try control.send(CellReply.contents(part).wireBytes)
                }
                return true
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        try control.send(CellReply.collected(complete: complete && isWhole).wireBytes)
    }
}
