/// One instruction of classic BPF; `struct sock_filter` of linux/filter.h.
struct FilterInstruction {
    var code: UInt16
    /// Instructions to leave out after a comparison that holds.
    var whenTrue: UInt8 = 0
    /// The same after one that does not.
    var whenFalse: UInt8 = 0
    var value: UInt32

    /// Its eight bytes, as the kernel takes them.
    var bytes: [UInt8] {
        withUnsafeBytes(of: code.littleEndian, Array.init) + [whenTrue, whenFalse]
            + withUnsafeBytes(of: value.littleEndian, Array.init)
    }
}
