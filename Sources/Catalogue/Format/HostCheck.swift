/// What is looked at from the host's side, where no program can answer for it.
package enum HostCheck: String, Sendable, Hashable, CaseIterable {
    /// The bait's token is in no output and in no file that came out.
    case secret
    /// A file that anyone may write, and its directory, are as they were.
    case tamper
    /// A process of the caller's is alive, not stopped, and as it was.
    case victim
    /// Nobody has spoken to a listener of the host's.
    case listeners
    /// No process, file, mount, cgroup, key or shared object bears the mark.
    case leftovers
    /// The host's available memory fell by no more than the program's limit.
    case memory
    /// The host's free disk space fell by no more than the program's limit.
    case disk
    /// The host's processes and threads rose by no more than the program's limit.
    case processes
    /// The program that runs next is right, and quick.
    case nextRun = "next_run"

    /// Whether it is a count of the whole host, which other programs of the host move too.
    ///
    /// Attacks with such a check run alone.
    var isHostWide: Bool { [.memory, .disk, .processes].contains(self) }
}
