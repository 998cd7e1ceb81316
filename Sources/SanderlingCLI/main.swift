import Sanderling
import SandboxModel
let args = Array(CommandLine.arguments.dropFirst())
let s = try await Sandbox()
try s.demo(Array(args.dropFirst()), scratch: args[0] == "scratch", limits: Limits(wallTime: .seconds(2), memory: .megabytes(100)))
