import LaunchProtocol
import SandboxModel

extension Cell {
    /// What the compile stage left, when every process of it is dead.
    ///
    /// `nil` when it is more than directories and regular files with plain permissions and names, or more than `limit`:
    /// it could then not be put back as it was.
    func compiledProgram(_ records: [StageRecord], limit: ByteCount) throws -> CompiledProgram? {
        try send(.collectTree(directory: CellLayout.work, limit: UInt64(limit.bytes)))
        var program = CompiledProgram()
        var isWhole = true
        while let (reply, _) = try receive() {
            switch reply {
            case .entry(let path, let mode, let isDirectory):
                guard let path = String(validating: path, as: UTF8.self) else {
                    isWhole = false
                    continue
                }
                if isDirectory {
                    program.directories.append(.init(path: path, mode: mode))
                } else {
                    program.files.append(.init(path: path, mode: mode, contents: []))
                }
            case .contents(let bytes):
                // Of a file whose name was not kept, when there is none.
                if isWhole, !program.files.isEmpty {
                    program.files[program.files.count - 1].contents += bytes
                }
            case .collected(let complete):
                guard complete, isWhole else { return nil }
                program.directories.sort { $0.path < $1.path }
                program.files.sort { $0.path < $1.path }
                (program.stdout, program.stderr) = (records.joined(\.stdout), records.joined(\.stderr))
                return program
            default: throw SandboxError(.internal, "the sandbox's init answered out of order")
            }
        }
        return nil
    }
}

extension [StageRecord] {
    /// What the commands of a stage wrote to one stream, one after the other.
    func joined(_ stream: KeyPath<StageRecord, CapturedOutput>) -> CapturedOutput {
        map { $0[keyPath: stream] }.reduce(into: CapturedOutput()) { whole, part in
            whole.bytes += part.bytes
            whole.total += part.total
            whole.truncated = whole.truncated || part.truncated
        }
    }
}
