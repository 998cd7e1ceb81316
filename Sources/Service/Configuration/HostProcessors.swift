import Glibc

/// The processors of this host.
enum HostProcessors {
    /// How many are online; at least one.
    static let count = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
