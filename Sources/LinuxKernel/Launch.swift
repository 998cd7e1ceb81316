import CLinux

/// Starting the launcher, and telling one build of it from another.
public enum Launch {
    /// The number that was compiled into this executable; 0 outside the launcher.
    public static var identity: UInt64 { sanderling_launcher_identity() }

    /// The launcher's end of its connection, as a descriptor number.
    public static let connection: Int32 = 3

    /// Starts `executable` with `socket` as its ``connection``, an empty environment and nothing else open.
    ///
    /// See posix_spawn(3).
    public static func spawn(
        _ executable: borrowing Descriptor,
        socket: borrowing Descriptor,
    ) throws(KernelError) -> Int32 {
        var pid: Int32 = 0
        try checked(sanderling_spawn_launcher(executable.number, socket.number, &pid), "posix_spawn")
        return pid
    }
}
