import CFuzzer
import Glibc

// scripts/fuzz runs this; libFuzzer leaves arguments alone that begin with two dashes.
let prefix = "--parser="
guard let name = CommandLine.arguments.first(where: { $0.hasPrefix(prefix) })?.dropFirst(prefix.count),
    let parser = Parser(rawValue: String(name))
else {
    let names = Parser.allCases.map(\.rawValue).joined(separator: ", ")
    print("sanderling-fuzz: name a parser with \(prefix)NAME: \(names)")
    exit(64)
}
Parser.chosen = parser

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments) { parseOneInput($0, $1) })
