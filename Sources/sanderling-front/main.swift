import Glibc
import LinuxKernel
import RunClient

// What is installed as `sanderling`: it starts in a fraction of the time that the whole command takes, has a service of this
// machine carry out what that can, and becomes the whole command for everything else.

StandardDescriptors.occupy()
if let run = PlainRun(CommandLine.arguments), run.mayUseService, let service = LocalService.find(),
    let source = run.plainSource,
    let interruption = try? EventCounter()
{
    StandardStream.surviveClosedPipes()
    Interruption.count(in: interruption.descriptor.number)
    do {
        let code = try run.carryOut(by: service, holding: source, until: interruption.descriptor.number)
        if let code { exit(code) }
        // An execution of the whole command would not know of it.
        if interruption.isSignalled {
            var nothing = LiveOutput()
            exit(try nothing.interrupt())
        }
    } catch {
        let code = ExitStatus.code(forFailure: error)
        let reason = (error as? KernelError)?.sentence ?? "\(error)"
        if code != ExitStatus.readerGone { StandardStream.error.tell("sanderling: \(reason.onOneLine)") }
        exit(code)
    }
}
WholeCommand.become()
