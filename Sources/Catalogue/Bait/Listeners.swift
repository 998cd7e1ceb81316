import Glibc
import LinuxKernel

/// Listeners of the host's: TCP and UDP on loopback alone, a socket in the bait's directory, and one of an abstract name.
///
/// Nobody serves them. A connection waits in the queue, and a datagram in the buffer, until somebody looks.
final class Listeners: Sendable {
    /// The TCP port, on 127.0.0.1 and, where the host has it, on ::1.
    let tcpPort: UInt16
    /// The UDP port, likewise.
    let udpPort: UInt16
    /// The socket's path.
    let unixPath: String
    /// The abstract socket's name, without the NUL that begins it; unix(7).
    let abstractName: String

    /// A socket, what to call it, and whether connections wait at it.
    private final class Listener: Sendable {
        let socket: Descriptor
        let name: String
        let isStream: Bool

        init(socket: consuming Descriptor, name: String, isStream: Bool) {
            self.socket = socket
            self.name = name
            self.isStream = isStream
        }
    }

    private let all: [Listener]

    /// Opens the listeners; the socket with a path in `directory`.
    ///
    /// - Throws: The system's error.
    init(directory: String) throws(KernelError) {
        unixPath = directory + "/socket"
        abstractName = "sanderling-bait-\(UInt64.random(in: .min ... .max))"
        let tcp = try Self.listen("TCP", SOCK_STREAM, Address(loopback: 0))
        let udp = try Self.listen("UDP", SOCK_DGRAM, Address(loopback: 0))
        (tcpPort, udpPort) = (Self.port(of: tcp), Self.port(of: udp))
        // A host may have no IPv6, and another process the same port of it.
        let others = [
            try? Self.listen("TCP over IPv6", SOCK_STREAM, Address(loopback6: tcpPort)),
            try? Self.listen("UDP over IPv6", SOCK_DGRAM, Address(loopback6: udpPort)),
        ]
        let unix = try Self.listen("the local socket", SOCK_STREAM, Address(local: Array(unixPath.utf8)))
        guard chmod(unixPath, 0o666) == 0 else { throw KernelError(call: "chmod", number: errno) }
        let abstract = try Self.listen(
            "the abstract socket",
            SOCK_STREAM,
            Address(local: [0] + Array(abstractName.utf8)),
        )
        all = [tcp, udp, unix, abstract] + others.compactMap(\.self)
    }

    /// What was heard since the last time.
    func heard() -> [String] { all.flatMap(Self.heard) }

    private static func heard(_ listener: Listener) -> [String] {
        var heard: [String] = []
        // More than a queue holds cannot wait there; whatever else comes is told all the same.
        while heard.count < 128 {
            if listener.isStream {
                let connection = accept(listener.socket.number, nil, nil)
                guard connection >= 0 else { break }
                close(connection)
                heard.append("\(listener.name) was connected to")
            } else {
                var byte: UInt8 = 0
                guard recv(listener.socket.number, &byte, 1, Int32(MSG_DONTWAIT)) >= 0 else { break }
                heard.append("\(listener.name) received a datagram")
            }
        }
        return heard
    }

    private static func listen(
        _ name: String,
        _ type: __socket_type,
        _ address: Address,
    ) throws(KernelError) -> Listener {
        let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(address.family, Int32(type.rawValue) | flags, 0)
        guard number >= 0 else { throw KernelError(call: "socket", number: errno) }
        let listener = Listener(
            socket: Descriptor(owning: number),
            name: name,
            isStream: type == SOCK_STREAM,
        )
        guard address.withPointer({ bind(number, $0, $1) }) == 0 else {
            throw KernelError(call: "bind", number: errno)
        }
        guard !listener.isStream || Glibc.listen(number, 64) == 0 else {
            throw KernelError(call: "listen", number: errno)
        }
        return listener
    }

    private static func port(of listener: Listener) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
                _ = getsockname(listener.socket.number, socketAddress, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}

/// A socket's address in the kernel's form.
private struct Address {
    private let bytes: [UInt8]

    /// A port of 127.0.0.1; 0 for one that is free.
    init(loopback port: UInt16) {
        let address = sockaddr_in(
            sin_family: sa_family_t(AF_INET),
            sin_port: port.bigEndian,
            sin_addr: in_addr(s_addr: UInt32(0x7F00_0001).bigEndian),
            sin_zero: (0, 0, 0, 0, 0, 0, 0, 0),
        )
        bytes = withUnsafeBytes(of: address, Array.init)
    }

    /// A port of ::1.
    init(loopback6 port: UInt16) {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        bytes = withUnsafeBytes(of: address, Array.init)
    }

    /// A local socket's path, or NUL and an abstract name.
    init(local name: [UInt8]) {
        let family = sa_family_t(AF_UNIX)
        bytes = withUnsafeBytes(of: family, Array.init) + name + (name.first == 0 ? [] : [0])
    }

    var family: Int32 {
        Int32(bytes.withUnsafeBytes { $0.loadUnaligned(as: sa_family_t.self) })
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result? {
        bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.map {
                body($0.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
            }
        }
    }
}
