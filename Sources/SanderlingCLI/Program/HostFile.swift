import Glibc
import LinuxKernel
import RunClient
import SandboxModel

/// A file of the host that goes into a sandbox.
struct HostFile {
    let contents: [UInt8]
    let isExecutable: Bool

    /// Reads the file at `path`; pipes are read too, so that a shell's `<(command)` can be given.
    init(path: String) throws(Mistake) {
        do {
            let descriptor = try File.open(path, O_RDONLY)
            let mode = try File.mode(of: descriptor)
            guard mode & S_IFMT != S_IFDIR else {
                throw KernelError(call: "read", number: EISDIR)
            }
            contents = try Self.read(descriptor, called: path.quoted)
            isExecutable = mode & S_IFMT == S_IFREG && mode & S_IXUSR != 0
        } catch let mistake as Mistake {
            throw mistake
        } catch {
            throw Mistake("\(path.quoted) cannot be read: \(SystemFailure.reason(error))")
        }
    }

    /// Everything that standard input gives.
    static func standardInput() throws(Mistake) -> [UInt8] {
        do {
            return try Descriptor.borrowing(STDIN_FILENO) { descriptor in
                try read(descriptor, called: "the program on standard input")
            }
        } catch let mistake as Mistake {
            throw mistake
        } catch {
            throw Mistake("the program on standard input cannot be read: \(SystemFailure.reason(error))")
        }
    }

    private static func read(_ descriptor: borrowing Descriptor, called name: String) throws -> [UInt8] {
        let contents = try File.contents(of: descriptor, limit: ProgramSize.largest.bytes + 1)
        guard contents.count <= ProgramSize.largest.bytes else {
            throw Mistake("\(name) is larger than \(ProgramSize.largest.written)")
        }
        return contents
    }
}
