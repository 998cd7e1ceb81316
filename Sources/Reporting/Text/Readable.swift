public import SandboxModel

extension Duration {
    /// The duration as people read it: `840 µs`, `12 ms`, `1.2 s`, `2 min 5 s`, `3 h 7 min`.
    public var readable: String {
        let nanoseconds = inNanoseconds
        guard nanoseconds >= 0 else { return "-" + (Duration.zero - self).readable }
        let microseconds = Double(nanoseconds) / 1e3
        switch nanoseconds {
        case 0: return "0 ms"
        case ..<999_500: return "\(Int(max(1, microseconds.rounded()))) µs"
        case ..<9_950_000: return "\(oneDecimal(microseconds / 1e3)) ms"
        case ..<999_500_000: return "\(Int((microseconds / 1e3).rounded())) ms"
        case ..<59_950_000_000: return "\(oneDecimal(microseconds / 1e6)) s"
        default:
            let seconds = Int((microseconds / 1e6).rounded())
            guard seconds >= 3_600 else { return "\(seconds / 60) min \(seconds % 60) s" }
            return "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
        }
    }
}

extension ByteCount {
    /// The count as people read it, in units of the SI: `512 B`, `1.5 kB`, `34.5 MB`.
    public var readable: String {
        var amount = Double(bytes)
        guard bytes >= 1_000 else { return "\(bytes) B" }
        for unit in ["kB", "MB", "GB", "TB", "PB"] {
            amount /= 1_000
            if amount < 999.95 { return "\(oneDecimal(amount)) \(unit)" }
        }
        return "\(oneDecimal(amount / 1_000)) EB"
    }
}

/// One decimal, dropped when it is zero.
private func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
}
