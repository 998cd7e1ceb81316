import Foundation
import Sanderling

// Writes Sanderling's system-call filter as the kernel takes it, for programs that measure it by itself.
guard CommandLine.arguments.count == 2 else {
    FileHandle.standardError.write(Data("usage: WriteFilter FILE\n".utf8))
    exit(64)
}
let filter = try SeccompFilter.compile(.standard(), recording: false)
try Data(filter).write(to: URL(fileURLWithPath: CommandLine.arguments[1]))
