import CLinux

/// Calls that the standard profile allows and that a family's filter may leave out, as they stand together in the kernel: who
/// uses one of them may use each.
///
/// These alone are worth it: attacks by ordinary programs have used what they reach, and few programs have a use for it. Every
/// other call stays in every family. `docs/seccomp.md` says which were weighed and kept.
enum CallGroup: String, CaseIterable, Sendable {
    /// System V shared memory (CVE-2015-7613).
    case systemVMemory = "system_v_memory"
    /// System V semaphores.
    case systemVSemaphores = "system_v_semaphores"
    /// System V message queues (CVE-2015-7613).
    case systemVMessages = "system_v_messages"
    /// POSIX message queues (CVE-2017-11176).
    case messageQueues = "message_queues"
    /// System-call filters of the program's own: machine code that the kernel makes of what the program gives it.
    case ownFilters = "own_filters"
    /// Moving pages between files, pipes and sockets (CVE-2022-0847).
    case splicing
    /// Changing identity: each change makes new credentials, which attacks on the kernel's memory exchange for others (DirtyCred,
    /// CCS 2022).
    case identity
    /// POSIX timers (CVE-2025-38352).
    case timers

    /// The calls' numbers on this architecture.
    var calls: [Int32] {
        switch self {
        case .systemVMemory:
            [SANDERLING_SYS_shmget, SANDERLING_SYS_shmat, SANDERLING_SYS_shmdt, SANDERLING_SYS_shmctl]
                .map { Int32($0) }
        case .systemVSemaphores:
            [SANDERLING_SYS_semget, SANDERLING_SYS_semop, SANDERLING_SYS_semtimedop, SANDERLING_SYS_semctl]
                .map { Int32($0) }
        case .systemVMessages:
            [SANDERLING_SYS_msgget, SANDERLING_SYS_msgsnd, SANDERLING_SYS_msgrcv, SANDERLING_SYS_msgctl]
                .map { Int32($0) }
        case .messageQueues:
            [
                SANDERLING_SYS_mq_open, SANDERLING_SYS_mq_unlink, SANDERLING_SYS_mq_timedsend,
                SANDERLING_SYS_mq_timedreceive, SANDERLING_SYS_mq_notify, SANDERLING_SYS_mq_getsetattr,
            ].map { Int32($0) }
        case .ownFilters: [Int32(SANDERLING_SYS_seccomp)]
        case .splicing: [SANDERLING_SYS_splice, SANDERLING_SYS_tee].map { Int32($0) }
        case .identity:
            [
                SANDERLING_SYS_setuid, SANDERLING_SYS_setgid, SANDERLING_SYS_setreuid,
                SANDERLING_SYS_setregid,
                SANDERLING_SYS_setresuid, SANDERLING_SYS_setresgid, SANDERLING_SYS_setfsuid,
                SANDERLING_SYS_setfsgid,
                SANDERLING_SYS_setgroups, SANDERLING_SYS_capset,
            ].map { Int32($0) }
        case .timers:
            [
                SANDERLING_SYS_timer_create, SANDERLING_SYS_timer_settime, SANDERLING_SYS_timer_gettime,
                SANDERLING_SYS_timer_getoverrun, SANDERLING_SYS_timer_delete,
            ].map { Int32($0) }
        }
    }

    /// The option of prctl(2) that does the same.
    var option: UInt32? {
        // PR_SET_SECCOMP.
        self == .ownFilters ? 22 : nil
    }
}
