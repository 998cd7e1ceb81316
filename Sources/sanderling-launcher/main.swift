import Glibc
import LaunchProtocol
import LinuxKernel

// One thread, no Foundation, nothing concurrent: the launcher forks, and what it forks goes on in Swift.
do {
    // What is given back to the kernel with every message is asked for again with the next, in every process that is forked.
    Process.keepFreedMemory()
    if let connection = CommandLine.connectionAsContainerInit { CellInit.main(connection: connection) }
    try Process.closeDescriptors(from: Launch.connection + 1)
    try Process.setName("sanderling-laun")
    // What the caller hides from others of its own files must not hide a cell's from the program.
    umask(0o022)
    // A service that is exempt from the out-of-memory killer would hand that on to programs, which nothing could stop then.
    if try File.text(at: "/proc/self/oom_score_adj").hasPrefix("-") {
        try File.write("0", at: "/proc/self/oom_score_adj")
    }
    var launcher = try Launcher(connection: MessageSocket(Descriptor(owning: Launch.connection)))
    try launcher.run()
    exit(0)
} catch is LaunchFailure {
    // The host has been told, and says it to its caller in words.
    exit(1)
} catch let error as KernelError where [EPIPE, ECONNRESET].contains(error.number) {
    // The host went away, which is how it ends a launcher that it needs no more.
    exit(1)
} catch {
    try? File.write(Array("sanderling-launcher: \(error)\n".utf8), to: Descriptor(owning: STDERR_FILENO))
    exit(1)
}

extension CommandLine {
    /// The number of the connection, where an OCI runtime has started this as a container's init.
    fileprivate static var connectionAsContainerInit: Int32? {
        guard arguments.count == 3, arguments[1] == ContainerPlan.command else { return nil }
        return Int32(arguments[2])
    }
}
