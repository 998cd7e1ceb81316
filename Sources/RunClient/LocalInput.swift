import Glibc
import LinuxKernel
import SandboxModel

/// A program's standard input on its way to a service.
package struct LocalInput {
    /// What to poll for more, or -1 where nothing more comes that way.
    private(set) var descriptor: Int32 = -1
    /// What is there already; an empty piece is the end.
    private var pieces: ArraySlice<[UInt8]> = []

    /// What an open descriptor gives.
    package init(descriptor: Int32) { self.descriptor = descriptor }

    /// These bytes.
    package init(bytes: [UInt8]) {
        let size = 1 << 16
        pieces =
            stride(from: 0, to: bytes.count, by: size)
            .map { Array(bytes[$0..<min($0 + size, bytes.count)]) }[...]
        pieces.append([])
    }

    /// The next of what is there without reading; empty at the end.
    mutating func next() -> [UInt8]? { pieces.popFirst() }

    /// What the descriptor gives now, empty at its end; `nil` for nothing yet.
    ///
    /// One that cannot be read at all, such as a directory, or a terminal in the background, has ended.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` where input is lost: half of it would be another input.
    mutating func read(_ most: Int) throws(SandboxError) -> [UInt8]? {
        var (count, number) = (0, Int32(0))
        let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, initialized in
            count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 { number = errno }
            initialized = max(0, count)
        }
        if number == EAGAIN || number == EINTR { return nil }
        guard number != EIO || isatty(descriptor) == 1 else {
            let error = KernelError(call: "read", number: number)
            throw SandboxError(
                .internal,
                "the program's input was lost: \(error.sentence) (errno \(number))",
            )
        }
        if count <= 0 { descriptor = -1 }
        return bytes
    }
}
