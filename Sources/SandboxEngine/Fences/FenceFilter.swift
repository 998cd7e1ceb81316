import CLinux
import Glibc
import SandboxModel

/// What the system-call filter refuses in a fence beyond what it refuses everywhere.
///
/// In a cell, a program can say what it likes to files and processes of the host: there are none. In a fence there are, with
/// the program's own identity, and Landlock does not restrict every call that reaches them. These instructions stand before
/// the standard filter, which decides on what they let pass.
struct FenceFilter {
    /// The instructions, as `struct sock_filter`.
    let instructions: [UInt8]

    /// Refusals for a kind of network; they go to a listener where refusals are recorded.
    init(network: NetworkAccess, recording: Bool) {
        var program = FilterPreface(recording: recording)
        for call in Self.refused { program.refuse(call) }
        for call in Self.unsupported { program.answer(call, EOPNOTSUPP) }
        if network == .host {
            // Whatever listens at a path or an abstract name of the host's is no network.
            program.allow(Int32(SANDERLING_SYS_socket), [0], [2, 10])
        } else {
            for call in Self.network { program.refuse(call) }
            program.refuse(Int32(SANDERLING_SYS_sendto), unlessZero: 4)
        }
        // A pair of datagram sockets can send to any path.
        program.allow(Int32(SANDERLING_SYS_socketpair), [1], [1, 5], mask: 0xF)
        program.allow(Int32(SANDERLING_SYS_fcntl), [1], Self.fileCommands)
        program.allow(Int32(SANDERLING_SYS_ioctl), [1], Self.deviceCommands)
        // Of other processes, which may be the host's; 0 is the caller.
        for call in [
            SANDERLING_SYS_sched_setaffinity, SANDERLING_SYS_sched_setscheduler,
            SANDERLING_SYS_sched_setparam, SANDERLING_SYS_sched_setattr,
        ] {
            program.allow(Int32(call), [0], [0])
        }
        program.allow(Int32(SANDERLING_SYS_setpriority), [0, 1], [0])
        instructions = program.assembled
    }

    /// Landlock lets these change or use, by a path or by a number, what it lets nobody open.
    private static var refused: [Int32] {
        var calls = [
            // Owners, permissions and times.
            SANDERLING_SYS_fchmod, SANDERLING_SYS_fchmodat, SANDERLING_SYS_fchown, SANDERLING_SYS_fchownat,
            SANDERLING_SYS_utimensat, 452,
            // Extended attributes.
            SANDERLING_SYS_setxattr, SANDERLING_SYS_lsetxattr, SANDERLING_SYS_fsetxattr,
            SANDERLING_SYS_removexattr, SANDERLING_SYS_lremovexattr, SANDERLING_SYS_fremovexattr, 463, 466,
            // System V and POSIX objects, which belong to the host's namespace.
            SANDERLING_SYS_shmget, SANDERLING_SYS_shmat, SANDERLING_SYS_shmctl, SANDERLING_SYS_semget,
            SANDERLING_SYS_semop, SANDERLING_SYS_semctl, SANDERLING_SYS_semtimedop, SANDERLING_SYS_msgget,
            SANDERLING_SYS_msgsnd, SANDERLING_SYS_msgrcv, SANDERLING_SYS_msgctl, SANDERLING_SYS_mq_open,
            SANDERLING_SYS_mq_unlink, SANDERLING_SYS_mq_timedsend,
            SANDERLING_SYS_mq_timedreceive, SANDERLING_SYS_mq_notify, SANDERLING_SYS_mq_getsetattr,
            // Priorities of the disk.
            SANDERLING_SYS_ioprio_set,
        ].map { Int32($0) }
        #if arch(x86_64)
        calls += [
            SANDERLING_SYS_chmod, SANDERLING_SYS_chown, SANDERLING_SYS_lchown, SANDERLING_SYS_utime,
            SANDERLING_SYS_utimes, SANDERLING_SYS_futimesat,
        ].map { Int32($0) }
        #endif
        return calls
    }

    /// Reading attributes by path tells what is in files that cannot be opened; programs live without.
    private static let unsupported: [Int32] = [
        SANDERLING_SYS_getxattr, SANDERLING_SYS_lgetxattr, SANDERLING_SYS_listxattr,
        SANDERLING_SYS_llistxattr, 464, 465,
    ]
    .map { Int32($0) }

    private static let network: [Int32] = [
        SANDERLING_SYS_socket, SANDERLING_SYS_connect, SANDERLING_SYS_bind, SANDERLING_SYS_listen,
        SANDERLING_SYS_accept, SANDERLING_SYS_accept4,
    ].map { Int32($0) }

    /// F_DUPFD to F_SETLKW, locks of open files, F_DUPFD_CLOEXEC, sizes of pipes, and seals; no leases, notes or owners.
    private static let fileCommands: [UInt32] = [
        0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032, 1033, 1034,
    ]
    /// TCGETS, TIOCGPGRP, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX.
    private static let deviceCommands: [UInt32] = [0x5401, 0x540F, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451]
}
