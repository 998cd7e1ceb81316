import CLinux
import Glibc
import LinuxKernel
import SandboxModel
import Synchronization

/// The functions of libseccomp that compile a filter, found when first needed.
///
/// The library is opened at run time, as systemd does, so that a package that depends on Sanderling builds without
/// libseccomp's development files. Its state (the API level) is global and unguarded: ``shared`` is behind a lock.
struct LibSeccomp {
    typealias Context = OpaquePointer

    /// What one rule asks of one argument: `struct scmp_arg_cmp`, as three 64-bit little-endian words.
    struct Argument: Hashable {
        var index: UInt32
        var mask: UInt64
        var value: UInt64
        var masked: Bool

        /// The structure's words: index and operator (`SCMP_CMP_EQ` 4, `SCMP_CMP_MASKED_EQ` 7), then two values.
        var words: [UInt64] {
            masked ? [UInt64(index) | 7 << 32, mask, value] : [UInt64(index) | 4 << 32, value, 0]
        }
    }

    /// `enum scmp_filter_attr`.
    enum Attribute: UInt32 {
        case badArchitecture = 2
        case noNewPrivileges = 3
        case optimize = 8
    }

    private typealias Initialize = @convention(c) (UInt32) -> OpaquePointer?
    private typealias Release = @convention(c) (OpaquePointer) -> Void
    private typealias SetLevel = @convention(c) (UInt32) -> Int32
    private typealias SetAttribute = @convention(c) (OpaquePointer, UInt32, UInt32) -> Int32
    private typealias AddRule =
        @convention(c) (OpaquePointer, UInt32, Int32, UInt32, UnsafeRawPointer?) -> Int32
    private typealias Export = @convention(c) (OpaquePointer, Int32) -> Int32
    private typealias NumberOfName = @convention(c) (UInt32, UnsafePointer<CChar>) -> Int32
    private typealias NameOfNumber = @convention(c) (UInt32, Int32) -> UnsafeMutablePointer<CChar>?

    private let initialize: Initialize
    private let release: Release
    private let setLevel: SetLevel
    private let setAttribute: SetAttribute
    private let addRule: AddRule
    private let export: Export
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
        initialize = try symbol("seccomp_init", Initialize.self)
        release = try symbol("seccomp_release", Release.self)
        setLevel = try symbol("seccomp_api_set", SetLevel.self)
        setAttribute = try symbol("seccomp_attr_set", SetAttribute.self)
        addRule = try symbol("seccomp_rule_add_array", AddRule.self)
        export = try symbol("seccomp_export_bpf", Export.self)
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

    /// Lends a filter for the native architecture, freed afterwards.
    ///
    /// Another architecture's cannot be made here: libseccomp takes native numbers and translates them by name, which
    /// the numbers that it does not know have not got.
    func withFilter<Result>(
        default action: UInt32,
        _ body: (Context) throws(SandboxError) -> Result,
    ) throws(SandboxError) -> Result {
        // Level 5 and later know SCMP_ACT_NOTIFY; the running kernel is asked when the filter is loaded.
        guard setLevel(5) == 0 else { throw Self.unavailable("libseccomp is older than 2.5") }
        guard let context = initialize(action) else {
            throw SandboxError(.internal, "libseccomp refuses the default action")
        }
        defer { release(context) }
        return try body(context)
    }

    /// Sets an attribute of a filter.
    func set(_ attribute: Attribute, _ value: UInt32, in context: Context) throws(SandboxError) {
        try check(setAttribute(context, attribute.rawValue, value), "seccomp_attr_set")
    }

    /// Adds a rule; all arguments must match.
    func add(
        _ action: UInt32,
        _ number: Int32,
        _ arguments: [Argument],
        to context: Context,
    ) throws(SandboxError) {
        let words = arguments.flatMap(\.words)
        let result = words.withUnsafeBytes {
            addRule(context, action, number, UInt32(arguments.count), $0.baseAddress)
        }
        try check(result, "seccomp_rule_add_array for call \(number)")
    }

    /// The filter as `struct sock_filter` instructions; the kernel refuses more than 4096 of them.
    func program(of context: Context) throws(SandboxError) -> [UInt8] {
        do throws(KernelError) {
            // Not a pipe: its buffer may be a page, and the library writes until it is done.
            let file = Descriptor(owning: try checked(sanderling_memfd_create("filter"), "memfd_create"))
            try checked(export(context, file.number), "seccomp_export_bpf")
            guard lseek(file.number, 0, SEEK_SET) == 0 else {
                throw KernelError(call: "lseek", number: errno)
            }
            return try File.contents(of: file)
        } catch {
            throw SandboxError(.internal, "the filter cannot be exported: \(error)")
        }
    }

    private func check(_ result: Int32, _ call: String) throws(SandboxError) {
        guard result >= 0 else { throw SandboxError(.internal, "\(call) failed with error \(-result)") }
    }
}
