extension ServiceConfiguration.HTTP {
    /// Whether only this machine can reach the address that is listened on.
    ///
    /// A name that resolves to a loopback address, but is not known to, is taken as one that does not.
    package var isLoopback: Bool {
        let address = host.lowercased()
        if address == "localhost" || address == "::1" { return true }
        let numbers = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers.allSatisfy { $0 != nil } && numbers[0] == 127
    }
}
