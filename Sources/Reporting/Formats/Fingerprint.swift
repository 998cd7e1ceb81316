/// A number that stays with a finding while the text around it changes: the 128-bit FNV-1a hash of what makes it.
struct Fingerprint {
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

    /// The fingerprint of some texts; where one ends and the next begins counts.
    init(_ parts: String...) {
        for part in parts {
            for byte in part.utf8 { add(byte) }
            // Occurs in no UTF-8.
            add(0xFF)
        }
    }

    private mutating func add(_ byte: UInt8) { state = (state ^ UInt128(byte)) &* ((1 << 88) + 0x13B) }

    /// Its 32 hexadecimal digits.
    var digits: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
