package import SandboxModel

/// A hostile program, with what it is given and the ceilings it runs under; placeholders not yet filled.
package struct AttackProgram: Sendable, Hashable {
    /// What to run.
    package var program: Program
    /// What it reads from standard input.
    package var stdin: String
    /// Its ceilings.
    package var limits: Limits
    /// What it may reach.
    ///
    /// Never more than a private loopback network and a private work directory: a case cannot ask for a mount, for the host's
    /// network, or for a layer to be missing.
    package var policy: Policy

    /// A program under `limits` and `policy`.
    package init(
        _ program: Program,
        stdin: String = "",
        limits: Limits = Limits(),
        policy: Policy = Policy(),
    ) {
        self.program = program
        self.stdin = stdin
        self.limits = limits
        self.policy = policy
    }

    /// The program with every placeholder filled.
    func filled(_ placeholders: Placeholders) -> Self {
        var filled = self
        filled.program.source = placeholders.fill(program.source)
        filled.program.arguments = program.arguments.map(placeholders.fill)
        filled.program.files = program.files.map { file in
            ProgramFile(
                path: file.path,
                contents: placeholders.fill(file.contents),
                executable: file.executable,
            )
        }
        filled.stdin = placeholders.fill(stdin)
        return filled
    }
}
