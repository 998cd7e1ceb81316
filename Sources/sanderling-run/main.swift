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
    let direct = try? DirectRun(run, holding: source),
    let sandbox = try? OneShot(direct.preparation, goingOnWith: .leftToThisProcess())
{
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
StartedLauncher.leftToThisProcess()?.end()
CommandPart.becomeWhole(builtIn: "")
