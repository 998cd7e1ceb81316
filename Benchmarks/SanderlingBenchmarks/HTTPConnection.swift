import Glibc

/// One connection to a service of this machine, on which requests follow each other: the least that a client can cost.
final class HTTPConnection {
    private let socket: Int32
    private let port: UInt16
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    /// Connects as soon as somebody listens at `port` of the loopback address.
    init(port: UInt16, patience: Duration) async throws {
        self.port = port
        let end = ContinuousClock.now + patience
        while true {
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let outcome = Self.withAddress(port) { connect(socket, $0, $1) }
            if outcome == 0 {
                self.socket = socket
                break
            }
            close(socket)
            guard ContinuousClock.now < end else { throw BenchmarkFailure("nobody listens at port \(port)") }
            try await Task.sleep(for: .milliseconds(50))
        }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(socket) }

    /// A port that nobody has at this moment.
    static func freePort() throws -> UInt16 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard withAddress(0, { bind(socket, $0, $1) }) == 0 else {
            throw BenchmarkFailure("no free port: errno \(errno)")
        }
        let outcome = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        guard outcome == 0 else { throw BenchmarkFailure("a port without a number: errno \(errno)") }
        return UInt16(bigEndian: address.sin_port)
    }

    /// The bytes of a request, such as `GET /v1/version`.
    func request(_ line: String, body: String = "") -> [UInt8] {
        let head = """
            \(line) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r
            Content-Length: \(body.utf8.count)\r\n\r\n
            """
        return Array((head + body).utf8)
    }

    /// Sends a request and returns the whole answer, head and body.
    func answer(to request: [UInt8]) throws -> [UInt8] {
        guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw BenchmarkFailure("the service does not take a request: errno \(errno)")
        }
        var answer: [UInt8] = []
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else {
                throw BenchmarkFailure("the service ended the connection: errno \(errno)")
            }
            answer += buffer[..<count]
            if let length = try Self.length(ofAnswerThatBegins: answer), answer.count >= length {
                return answer
            }
        }
    }

    /// How many bytes an answer has, head and body; nil before its head has come.
    ///
    /// Bytes are compared, and not characters, which takes a tenth of a millisecond.
    private static func length(ofAnswerThatBegins answer: [UInt8]) throws -> Int? {
        guard let head = end(of: "\r\n\r\n", in: answer[...]) else { return nil }
        let digits = end(of: "\r\nContent-Length: ", in: answer[..<head]).map {
            answer[$0...].prefix { $0 != UInt8(ascii: "\r") }
        }
        guard let digits, let body = Int(String(decoding: digits, as: UTF8.self)) else {
            throw BenchmarkFailure("an answer without its length: \(String(decoding: answer, as: UTF8.self))")
        }
        return head + body
    }

    /// Where `text` ends in `bytes`, where it is in them.
    private static func end(of text: String, in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.indices.first { bytes[$0...].starts(with: text.utf8) }.map { $0 + text.utf8.count }
    }

    private static func withAddress<Result>(
        _ port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result,
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
