/// The name of a Linux signal: `SIGKILL`, `SIGRTMIN+3`; see signal(7).
///
/// A number without a name is given as `signal 77`.
public func signalName(_ number: Int32) -> String {
    let index = Int(number) - 1
    if standardSignals.indices.contains(index) { return "SIG" + standardSignals[index] }
    // glibc keeps 32 and 33 for its own threads, so SIGRTMIN is 34.
    if (34...64).contains(number) { return number == 34 ? "SIGRTMIN" : "SIGRTMIN+\(number - 34)" }
    return "signal \(number)"
}

/// Signals 1 to 31 on x86-64 and arm64, in order.
private let standardSignals = [
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
    "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
    "WINCH", "IO", "PWR", "SYS",
]
