import Sanderling
import SandboxModel
let args = Array(CommandLine.arguments.dropFirst())
try await withSandbox { s in
    let r = try await s.execute(Program(language: args[0], code: args[1]), stdin: .text("hi there\n"), policy: Policy(filesystem: args.contains("scratch") ? .scratch : .none, modules: args.contains("deny") ? ModulePolicy(denied: ["os","sys"], allowed: nil) : ModulePolicy()))
    print(r.compile?.stderr.text?.prefix(300) ?? "", r.verdict, r.version ?? "-", r.stdout.text?.prefix(2000) ?? "?", r.stderr.text?.prefix(2000) ?? "?", r.errorMessage ?? "", r.violations, r.usage.wallTime, r.usage.memory, r.isolation.missing)
}
