package import LaunchProtocol
package import SandboxModel

/// What a client asks of the service on its local socket.
package struct LocalRequest: Sendable, Hashable {
    /// The client's version; a service of another declines.
    package var version: String
    /// Directories with language definitions of the user's own; a service that has others declines.
    package var definitions: [String]
    /// Whether output is sent as it comes, and a ``LocalEnding`` after it; without, the whole record at the end.
    package var streams: Bool
    /// What to run; its language may be left to the service, or be an alias.
    package var program: Program
    /// The source's path, by which the service names the source, and finds the language where the program does not say it;
    /// `nil` when the program says all that.
    package var file: String?
    package var policy: Policy
    package var limits: Limits
    /// Ceilings of the compile stage; `nil` for the language's own.
    package var compileLimits: Limits?

    package init(
        version: String,
        definitions: [String],
        streams: Bool,
        program: Program,
        file: String? = nil,
        policy: Policy,
        limits: Limits,
        compileLimits: Limits?,
    ) {
        self.version = version
        self.definitions = definitions
        self.streams = streams
        self.program = program
        self.file = file
        self.policy = policy
        self.limits = limits
        self.compileLimits = compileLimits
    }
}

extension LocalRequest: WireCodable {
    package func write(to writer: inout WireWriter) {
        // First, so that a service of any version can tell.
        writer.write(version)
        writer.write(texts: definitions)
        writer.write(streams)
        writer.write(program)
        writer.write(optional: file) { $0.write($1) }
        writer.write(policy)
        writer.write(limits)
        writer.write(optional: compileLimits) { $0.write($1) }
    }

    package init(from reader: inout WireReader) throws(MalformedMessage) {
        version = try reader.readString()
        definitions = try reader.readTexts()
        streams = try reader.readBool()
        program = try reader.readProgram()
        file = try reader.readOptional { reader throws(MalformedMessage) in try reader.readString() }
        policy = try reader.readPolicy()
        limits = try reader.readLimits()
        compileLimits = try reader.readOptional { reader throws(MalformedMessage) in try reader.readLimits() }
    }

    /// The version that a request begins with, also where the rest has a form that this version does not know.
    package static func version(of bytes: [UInt8]) -> String? {
        var reader = WireReader(bytes)
        return try? reader.readString()
    }
}

/// Why an accepted program could not be run: the library's refusal.
package struct LocalRefusal: Sendable, Hashable, WireCodable {
    package var code: String
    package var message: String
    package var mend: String?

    package init(code: String, message: String, mend: String?) {
        self.code = code
        self.message = message
        self.mend = mend
    }

    package func write(to writer: inout WireWriter) {
        writer.write(code)
        writer.write(message)
        writer.write(optional: mend) { $0.write($1) }
    }

    package init(from reader: inout WireReader) throws(MalformedMessage) {
        code = try reader.readString()
        message = try reader.readString()
        mend = try reader.readOptional { reader throws(MalformedMessage) in try reader.readString() }
    }
}
