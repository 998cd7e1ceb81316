import Glibc
import SandboxModel
import Synchronization

/// The names and numbers of system calls that libseccomp knows, found when first needed.
///
/// The library is opened at run time, as systemd does, so that a package that depends on Sanderling builds without
/// libseccomp's development files.
struct LibSeccomp {
    private typealias NumberOfName = @convention(c) (UInt32, UnsafePointer<CChar>) -> Int32
    private typealias NameOfNumber = @convention(c) (UInt32, Int32) -> UnsafeMutablePointer<CChar>?

    private let numberOfName: NumberOfName
    private let nameOfNumber: NameOfNumber

    private static let shared = Mutex<LibSeccomp?>(nil)

    /// Lends the library to `body`, one caller at a time.
    static func use<Result: Sendable>(
        _ body: (LibSeccomp) throws(SandboxError) -> Result
    ) throws(SandboxError) -> Result {
        try shared.withLock { (library) throws(SandboxError) in
            let opened = if let library { library } else { try LibSeccomp() }
            library = opened
            return try body(opened)
        }
    }

    private init() throws(SandboxError) {
        // Never closed: the functions stay valid for as long as the process lives.
        guard let handle = dlopen("libseccomp.so.2", RTLD_NOW | RTLD_LOCAL) else {
            throw Self.unavailable("libseccomp.so.2 cannot be opened")
        }
        func symbol<Function>(_ name: String, _ type: Function.Type) throws(SandboxError) -> Function {
            guard let address = dlsym(handle, name) else {
                throw Self.unavailable("libseccomp lacks \(name)")
            }
            // The types above are those of seccomp.h; a C function pointer has no other representation.
            return unsafeBitCast(address, to: type)
        }
        numberOfName = try symbol("seccomp_syscall_resolve_name_arch", NumberOfName.self)
        nameOfNumber = try symbol("seccomp_syscall_resolve_num_arch", NameOfNumber.self)
    }

    private static func unavailable(_ message: String) -> SandboxError {
        SandboxError(
            .layerUnavailable,
            message,
            mend: "apt-get install libseccomp2",
            layers: [.seccomp],
        )
    }

    /// The call's number, negative below -1 when the architecture lacks it, or `nil` for an unknown name.
    func number(of name: String, on architecture: SeccompArchitecture) -> Int32? {
        let number = numberOfName(architecture.rawValue, name)
        return number == -1 ? nil : number
    }

    /// The call's name, or `nil` for an unknown number.
    func name(of number: Int32, token: UInt32) -> String? {
        guard let name = nameOfNumber(token, number) else { return nil }
        defer { free(name) }
        return String(cString: name)
    }
}
