import Glibc
package import LaunchProtocol
package import LinuxKernel

/// A launcher that runs, and has been told the first thing.
///
/// It is a child of this process: whoever has it waits for its end.
package struct StartedLauncher: ~Copyable, Sendable {
    /// The connection to it.
    package let socket: MessageSocket
    /// Its number.
    package let pid: Int32
    /// Why it could not be told anything; `nil` where it could.
    package let refusal: KernelError?

    /// Starts `executable`, and sends it `request`.
    ///
    /// - Throws: The error of the call that did not start it.
    package init(_ executable: borrowing Descriptor, telling request: LauncherRequest) throws(KernelError) {
        let pair = try MessageSocket.Pair()
        pid = try Launch.spawn(executable, socket: pair.second)
        pair.second.close()
        socket = MessageSocket(pair.first)
        do throws(KernelError) {
            try socket.send(request.wireBytes)
            refusal = nil
        } catch {
            refusal = error
        }
    }

    private init(owning number: Int32, pid: Int32) {
        socket = MessageSocket(Descriptor(owning: number))
        self.pid = pid
        refusal = nil
    }

    // MARK: From one executable of the command to the next

    /// Names the connection and the launcher's number, in the form `NUMBER:PID`, to what this process becomes by execve(2).
    private static let variable = "SANDERLING_LAUNCHER"

    /// Leaves it to what this process is about to become by execve(2), whose child it then is.
    ///
    /// Where that fails, ``end()`` takes it back.
    package borrowing func handOver() {
        // Both have a millisecond to do before either waits.
        Process.moveAway(pid)
        _ = fcntl(socket.descriptor.number, F_SETFD, 0)
        setenv(Self.variable, "\(socket.descriptor.number):\(pid)", 1)
    }

    /// Ends it, and waits until it has.
    package consuming func end() {
        unsetenv(Self.variable)
        let pid = pid
        close(socket.release())
        while waitpid(pid, nil, 0) < 0, errno == EINTR {}
    }

    /// The one that this process was left by what it was before; `nil` where it was left none, or has asked before.
    package static func leftToThisProcess() -> StartedLauncher? {
        guard let words = getenv(variable).map({ String(cString: $0).split(separator: ":") }) else {
            return nil
        }
        unsetenv(variable)
        // Whoever wrote that: a number that is not a child of this process's, or no connection, is not used.
        var ended = siginfo_t()
        var kind: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard words.count == 2, let number = Int32(words[0]), let pid = Int32(words[1]), number > 2, pid > 1,
            waitid(P_PID, id_t(pid), &ended, WEXITED | WNOHANG | WNOWAIT) == 0,
            getsockopt(number, SOL_SOCKET, SO_TYPE, &kind, &size) == 0, kind == SOCK_SEQPACKET.rawValue
        else { return nil }
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        return StartedLauncher(owning: number, pid: pid)
    }
}
