import LaunchProtocol
import LinuxKernel

/// Sends the files that match patterns to the host, after everything else in the cell is dead.
struct FileCollector {
    private let patterns: [Glob]
    private let limit: UInt64
    /// The control connection, borrowed from init.
    private let reply: Int32
    /// Bytes of contents that a message carries.
    private static let chunk = 65_536
    /// Files that are sent at the most.
    private static let fileLimit = 10_000

    /// A collector of files matching any of `patterns`, at most `limit` bytes in all.
    init(patterns: [[UInt8]], limit: UInt64, reply: Int32) {
        self.patterns = patterns.map(Glob.init)
        self.limit = limit
        self.reply = reply
    }

    /// Sends what matches below `directory`, and then that there is no more.
    func collect(from directory: String) throws(KernelError) {
        var left = limit
        var files = 0
        var complete = true
        var failure: KernelError?
        FileTree(at: directory).walk { file in
            guard patterns.contains(where: { $0.matches(file.path) }) else { return true }
            guard file.size <= left, files < Self.fileLimit, let contents = file.open() else {
                complete = false
                return true
            }
            left -= file.size
            files += 1
            do throws(KernelError) {
                try send(.file(path: file.path))
                while true {
                    let part = try File.read(contents, capacity: Self.chunk)
                    if part.isEmpty { break }
                    try send(.contents(part))
                }
                return true
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        try send(.collected(complete: complete))
    }

    private func send(_ message: CellReply) throws(KernelError) {
        let socket = MessageSocket(Descriptor(owning: reply))
        do throws(KernelError) {
            try socket.send(message.wireBytes)
            _ = socket.release()
        } catch {
            _ = socket.release()
            throw error
        }
    }
}
