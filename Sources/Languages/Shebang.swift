/// A first line `#!…`.
struct Shebang {
    /// The interpreter's name, without directory: what env(1) would start, where the line calls that.
    let interpreter: String

    init?(_ line: String) {
        guard line.hasPrefix("#!") else { return nil }
        var words = line.dropFirst(2).split {
            $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" || $0 == "\r\n"
        }[...]
        guard let program = words.popFirst().map({ HostFile.name(of: String($0)) }) else { return nil }
        guard program == "env" else {
            interpreter = program
            return
        }
        guard let started = words.first(where: { !$0.hasPrefix("-") && !$0.contains("=") }) else {
            return nil
        }
        interpreter = HostFile.name(of: String(started))
    }
}
