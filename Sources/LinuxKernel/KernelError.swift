/// A system call that failed.
public struct KernelError: Error, Sendable, Hashable {
    /// What was called, by the system call's name.
    public let call: String
    /// The `errno` it left; see errno(3).
    public let number: Int32

    /// The failure of `call` with `number`.
    public init(call: String, number: Int32) {
        self.call = call
        self.number = number
    }
}

/// Turns the `-errno` convention of `CLinux` into a value or an error; the one funnel for it.
@discardableResult
package func checked<Value: FixedWidthInteger & SignedInteger>(
    _ result: Value,
    _ call: StaticString,
) throws(KernelError) -> Value {
    guard result >= 0 else { throw KernelError(call: call.description, number: Int32(-result)) }
    return result
}
