import DirectRun
import Glibc
import LauncherStart
import RunClient
import SandboxEngine

// What the command's front becomes for a plain run that no service carries out: the engine, without the parser of options, the
// service and what those need, which takes as long to start as many a program.

StandardDescriptors.occupy()
OwnArguments.require()
if let run = PlainRun(CommandLine.arguments), let source = run.plainSource,
    let sandbox = try? OneShot(goingOnWith: .leftToThisProcess())
{
    // The launcher gets ready meanwhile.
    if let direct = try? DirectRun(run, holding: source) {
        StandardStream.surviveClosedPipes()
        let cancellation = CancellationSignal()
        Interruption.count(in: cancellation.number)
        do {
            exit(
                try withExtendedLifetime(cancellation) {
                    try direct.carryOut(in: sandbox, until: cancellation)
                }
            )
        } catch {
            exit(ExitStatus.tell(error))
        }
    }
    sandbox.shutDown()
}
StartedLauncher.leftToThisProcess()?.end()
CommandPart.becomeWhole(builtIn: "")
