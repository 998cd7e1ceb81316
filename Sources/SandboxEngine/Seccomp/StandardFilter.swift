import Crypto
import FoundationEssentials
import Glibc
import LinuxKernel
import Places
import SandboxModel

/// The filter of the profile that comes with Sanderling.
///
/// It is compiled, but mostly not here: of the profile in this version the repository holds what was compiled, see
/// ``PrecompiledFilter``. Of any other profile, such as one that an administrator has changed, the hash is another.
struct StandardFilter: Sendable {
    private let path: String
    private let contents: [UInt8]
    /// The profile's SHA-256, in hexadecimal digits.
    let digest: String

    /// Reads the profile.
    ///
    /// - Throws: `SandboxError` of code `internal` when it cannot be read or is no profile.
    init() throws(SandboxError) {
        guard let path = Self.path else {
            throw SandboxError(.internal, "the system-call profile is not in the package")
        }
        try self.init(path: path)
    }

    /// Reads the profile at `path`.
    init(path: String) throws(SandboxError) {
        self.path = path
        do {
            contents = try File.contents(of: try File.open(path, O_RDONLY))
        } catch {
            throw SandboxError(
                .internal,
                "the system-call profile \(path) cannot be read: \(String(cString: strerror(error.number)))",
            )
        }
        digest = SHA256.hash(data: contents).hexadecimal
        // Of any other profile it has to be known at once whether it can be used.
        if !isPrecompiled { _ = try profile() }
    }

    /// The instructions; see ``SeccompFilter/compile(_:recording:)``.
    func program(recording: Bool) throws(SandboxError) -> [UInt8] {
        if recording, isPrecompiled { return PrecompiledFilter.program }
        return try SeccompFilter.compile(try profile(), recording: recording)
    }

    /// The profile as data.
    func profile() throws(SandboxError) -> SeccompProfile {
        do {
            return try JSONDecoder().decode(SeccompProfile.self, from: Data(contents))
        } catch {
            throw SandboxError(.internal, "the system-call profile \(path) cannot be used: \(error)")
        }
    }

    /// Whether the repository holds the filter of this very profile for this architecture.
    private var isPrecompiled: Bool {
        SeccompArchitecture.native == PrecompiledFilter.architecture
            && digest == PrecompiledFilter.profileDigest
    }

    /// Installed with the command, else in the package.
    private static var path: String? {
        Installation.file("share/sanderling/seccomp.json") ?? Installation.resource("profile.json")
    }
}
