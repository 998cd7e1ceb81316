import Glibc
import LaunchProtocol
import LauncherStart
import LinuxKernel
import RunClient

// What is installed as `sanderling`: it starts in a fraction of the time that the whole command takes, has a service of this
// machine carry out what that can, and becomes another part of the command for everything else.

StandardDescriptors.occupy()
OwnArguments.require()
if let run = PlainRun(CommandLine.arguments) {
    if run.mayUseService, let service = LocalService.find(), let source = run.plainSource,
        let interruption = try? EventCounter()
    {
        StandardStream.surviveClosedPipes()
        Interruption.count(in: interruption.descriptor.number)
        do {
            let code = try run.carryOut(
                by: service,
                holding: source,
                until: interruption.descriptor.number,
            )
            if let code { exit(code) }
            // Another part of the command would not know of it.
            if interruption.isSignalled {
                var nothing = LiveOutput()
                exit(try nothing.interrupt())
            }
        } catch {
            exit(ExitStatus.tell(error))
        }
    }
    becomeDirectRun()
}
CommandPart.becomeWhole(builtIn: "../")

/// Makes what runs in a sandbox of its own of this process; returns where that does not start.
func becomeDirectRun() {
    // It starts while this process becomes what goes on with it. Why it does not, that finds out again, and says.
    guard let executable = try? LauncherExecutable.open(builtIn: ""),
        let launcher = try? StartedLauncher(executable, telling: .enterYard)
    else { return CommandPart.run.become(builtIn: "../") }
    launcher.handOver()
    CommandPart.run.become(builtIn: "../")
    launcher.end()
}
